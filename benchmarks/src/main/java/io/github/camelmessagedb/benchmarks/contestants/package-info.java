/** Our own side, what it is measured against, each at its best, and the database that all of them use. */
@NullMarked
package io.github.camelmessagedb.benchmarks.contestants;

import org.jspecify.annotations.NullMarked;
