/** Position stores on a real PostgreSQL. */
@NullMarked
package io.github.camelmessagedb.subscription;

import org.jspecify.annotations.NullMarked;
