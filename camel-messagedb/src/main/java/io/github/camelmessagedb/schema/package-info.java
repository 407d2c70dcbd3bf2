/**
 * Message DB's own objects as SQL files, drop-in for the original, and their installation.
 *
 * <p>{@link io.github.camelmessagedb.schema.MessageDbSchema} is the way in.
 */
@NullMarked
package io.github.camelmessagedb.schema;

import org.jspecify.annotations.NullMarked;
