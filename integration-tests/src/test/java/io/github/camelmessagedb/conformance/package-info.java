/** Our Message DB held against the original one: the same questions to both, and no difference in the answers. */
@NullMarked
package io.github.camelmessagedb.conformance;

import org.jspecify.annotations.NullMarked;
