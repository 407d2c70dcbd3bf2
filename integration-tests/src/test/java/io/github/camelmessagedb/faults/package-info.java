/** What is promised, while processes, servers, disks and connections fail. */
@NullMarked
package io.github.camelmessagedb.faults;

import org.jspecify.annotations.NullMarked;
