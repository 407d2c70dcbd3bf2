/** Installs Message DB's own objects. */
@NullMarked
package io.github.camelmessagedb.schema;

import org.jspecify.annotations.NullMarked;
