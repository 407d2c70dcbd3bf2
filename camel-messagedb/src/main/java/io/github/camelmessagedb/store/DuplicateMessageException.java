package io.github.camelmessagedb.store;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message with this id is in the store already, and it is not the one that was to be written: it is in another stream,
 * has another type, or is part of a batch of which the rest cannot be written any more as it was meant. Nothing was
 * written.
 */
public final class DuplicateMessageException extends MessageDbException {

    private static final long serialVersionUID = 1L;

    private final UUID id;
    private final @Nullable String stream;
    private final @Nullable String type;
    private final @Nullable Long position;

    DuplicateMessageException(UUID id, @Nullable MessageLocation found, String explanation, @Nullable Throwable cause) {
        super(
                "A message with the id " + id + " is in the store already"
                        + (found == null
                                ? ""
                                : ": stream '" + found.stream() + "', position " + found.position() + ", type '"
                                        + found.type() + "'")
                        + ". " + explanation,
                cause);
        this.id = id;
        this.stream = found == null ? null : found.stream().value();
        this.type = found == null ? null : found.type();
        this.position = found == null ? null : found.position();
    }

    /** The id. */
    public UUID id() {
        return id;
    }

    /** The stream that the message with this id is in; empty where it could not be looked up. */
    public Optional<StreamName> existingStream() {
        return Optional.ofNullable(stream).map(StreamName::new);
    }

    /** The type of the message with this id; empty where it could not be looked up. */
    public Optional<String> existingType() {
        return Optional.ofNullable(type);
    }

    /** The position of the message with this id in its stream; empty where it could not be looked up. */
    public OptionalLong existingPosition() {
        return position == null ? OptionalLong.empty() : OptionalLong.of(position);
    }
}
