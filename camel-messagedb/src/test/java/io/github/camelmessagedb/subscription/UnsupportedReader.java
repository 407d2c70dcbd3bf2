package io.github.camelmessagedb.subscription;

import io.github.camelmessagedb.store.MessageLocation;
import io.github.camelmessagedb.store.MessageReader;
import io.github.camelmessagedb.store.OpenWriters;
import io.github.camelmessagedb.store.Page;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** For readers of which a test needs some methods only. */
abstract class UnsupportedReader implements MessageReader {

    @Override
    public Page readStream(ReadQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page readCategory(ReadQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page scan(ReadQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page scanAfter(ReadQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page readAll(ReadQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page readSql(String sql, ReadQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<StoredMessage> readLastMessage(StreamName stream, @Nullable String type) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptionalLong streamVersion(StreamName stream) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptionalLong lastPosition(StreamName category) {
        throw new UnsupportedOperationException();
    }

    @Override
    public OptionalLong firstPositionSince(StreamName name, Instant time) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> streamIdentifiers(StreamName category) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<UUID> idAt(long globalPosition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long lastNumber() {
        throw new UnsupportedOperationException();
    }

    @Override
    public OpenWriters openWriters() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String storeVersion() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<MessageLocation> locate(List<UUID> ids) {
        throw new UnsupportedOperationException();
    }
}
