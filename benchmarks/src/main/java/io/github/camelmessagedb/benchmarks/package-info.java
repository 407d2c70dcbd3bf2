/** The program: what to run, and what it ends with. */
@NullMarked
package io.github.camelmessagedb.benchmarks;

import org.jspecify.annotations.NullMarked;
