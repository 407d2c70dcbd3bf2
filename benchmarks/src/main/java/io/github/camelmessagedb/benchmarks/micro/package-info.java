/** What is too small for a database: measured by JMH. */
@NullMarked
package io.github.camelmessagedb.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
