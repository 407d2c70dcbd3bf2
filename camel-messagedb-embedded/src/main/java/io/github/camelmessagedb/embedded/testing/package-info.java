/**
 * Databases for tests. {@link io.github.camelmessagedb.embedded.testing.MessageDbExtension} and {@link
 * io.github.camelmessagedb.embedded.testing.MessageDbTest} are for JUnit 5 and 6, which whoever uses them brings; {@link
 * io.github.camelmessagedb.embedded.testing.SharedMessageDb} is for anything else.
 */
@NullMarked
package io.github.camelmessagedb.embedded.testing;

import org.jspecify.annotations.NullMarked;
