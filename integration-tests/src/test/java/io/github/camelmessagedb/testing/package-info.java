/** What integration tests share: databases, a proxy that breaks connections, and what they are held against. */
@NullMarked
package io.github.camelmessagedb.testing;

import org.jspecify.annotations.NullMarked;
