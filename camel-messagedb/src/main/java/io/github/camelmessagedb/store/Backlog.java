package io.github.camelmessagedb.store;

import java.time.Duration;

/**
 * What is before a reader that has come to some position.
 *
 * @param head the position of the last message of the stream, the category or everything; before the first position (-1 in
 *     a stream, 0 elsewhere) where there is none
 * @param messages how many messages are after the reader's position and pass its filter. Of these up to 1,000 were looked
 *     at; where there are more it is an estimate, which takes the rest to be like them. A condition in SQL counts as passed
 * @param exact whether all of them were counted
 * @param age how long ago the oldest of them was written, by the server's clock; zero where there is none
 */
public record Backlog(long head, long messages, boolean exact, Duration age) {}
