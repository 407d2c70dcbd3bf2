/** Installing, updating, verifying and uninstalling Message DB on a real PostgreSQL. */
@NullMarked
package io.github.camelmessagedb.schema;

import org.jspecify.annotations.NullMarked;
