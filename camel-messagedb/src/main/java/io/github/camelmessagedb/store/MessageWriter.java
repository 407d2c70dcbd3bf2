package io.github.camelmessagedb.store;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes messages. Each call is one transaction of its own, or part of the one that the {@link ConnectionStrategy} says
 * is under way.
 *
 * <p>Writing is idempotent by id: a message that is in the store already, in the same stream and with the same type, is
 * answered with its position and not written again, whatever version is expected and whatever its data are. When the connection is lost during a
 * call of its own transaction, the call writes again with the same ids until it knows the outcome, for half a minute.
 *
 * <p>All methods throw {@link VersionConflictException}, {@link DuplicateMessageException},
 * {@link MessageRejectedException} and {@link StoreUnavailableException} when nothing was written, and
 * {@link OutcomeUnknownException} when that cannot be told.
 */
public interface MessageWriter {

    /**
     * Writes one message.
     *
     * @return its position in its stream
     */
    long write(NewMessage message, ExpectedVersion expectedVersion);

    /**
     * Writes messages, all or none, in this order, to one or several streams. Of a batch of which some are in the store
     * already the missing ones are written, if those present are the first of their streams in the batch and no version
     * is expected; otherwise nothing is.
     *
     * @param messages with ids that differ; may be empty
     * @param expectedVersions the versions of the streams before the batch; a stream that is not in it may have any
     * @return the positions, in the same order
     * @throws IllegalArgumentException if an id comes twice, or a version is expected of a stream that the batch does
     *     not write to
     */
    default List<Long> write(List<NewMessage> messages, Map<StreamName, ExpectedVersion> expectedVersions) {
        return write(messages, expectedVersions, ignored -> {});
    }

    /**
     * The same for somebody who wants to know of messages that are not written because one with their id is there which has
     * other data: it may be the same message, made anew with another time in it, or another one that was given its id.
     *
     * @param whereDifferent is told where the message is that is there; of data up to 100,000 characters, compared as JSON
     */
    List<Long> write(
            List<NewMessage> messages,
            Map<StreamName, ExpectedVersion> expectedVersions,
            Consumer<MessageLocation> whereDifferent);
}
