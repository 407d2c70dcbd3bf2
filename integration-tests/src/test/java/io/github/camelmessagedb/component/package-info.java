/** The component in a real CamelContext on a real PostgreSQL. */
@NullMarked
package io.github.camelmessagedb.component;

import org.jspecify.annotations.NullMarked;
