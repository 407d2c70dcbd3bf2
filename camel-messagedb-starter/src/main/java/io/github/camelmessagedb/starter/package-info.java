/** Spring Boot's auto-configuration of the component {@code messagedb}. */
@NullMarked
package io.github.camelmessagedb.starter;

import org.jspecify.annotations.NullMarked;
