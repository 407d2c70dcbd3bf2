/**
 * A real PostgreSQL with Message DB that the JVM starts and stops: for development, tests and demos.
 *
 * <p>{@link io.github.camelmessagedb.embedded.EmbeddedMessageDb} is the way in, {@link
 * io.github.camelmessagedb.embedded.Main} a program around it.
 */
@NullMarked
package io.github.camelmessagedb.embedded;

import org.jspecify.annotations.NullMarked;
