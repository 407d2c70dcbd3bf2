/** One class a benchmark. */
@NullMarked
package io.github.camelmessagedb.benchmarks.cases;

import org.jspecify.annotations.NullMarked;
