/** Message DB over JDBC: names, messages, reading and writing. Imports nothing of Camel. */
@NullMarked
package io.github.camelmessagedb.store;

import org.jspecify.annotations.NullMarked;
