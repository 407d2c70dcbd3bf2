/** The Camel component {@code messagedb}. */
@NullMarked
package io.github.camelmessagedb.component;

import org.jspecify.annotations.NullMarked;
