/** How something is measured: rounds, spread, figures, targets, the report. */
@NullMarked
package io.github.camelmessagedb.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
