/** The program {@code messagedb}: see {@link io.github.camelmessagedb.cli.Main}. */
@NullMarked
package io.github.camelmessagedb.cli;

import org.jspecify.annotations.NullMarked;
