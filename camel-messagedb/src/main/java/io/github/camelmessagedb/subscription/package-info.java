/** What a consumer is: reading ahead, progress, positions, retries. Imports nothing of Camel and makes no thread. */
@NullMarked
package io.github.camelmessagedb.subscription;

import org.jspecify.annotations.NullMarked;
