/** What becomes of it as the work grows. */
@NullMarked
package io.github.camelmessagedb.benchmarks.curves;

import org.jspecify.annotations.NullMarked;
