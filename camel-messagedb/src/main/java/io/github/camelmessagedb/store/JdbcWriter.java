package io.github.camelmessagedb.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/** Writes over JDBC, through the server's own {@code write_message}, unless fast writes are on and can be. */
final class JdbcWriter implements MessageWriter {

    private final Jdbc jdbc;
    private final FastWrites fast;
    private final Duration resolutionTime;

    JdbcWriter(Jdbc jdbc, FastWrites fast, Duration resolutionTime) {
        this.jdbc = jdbc;
        this.fast = fast;
        this.resolutionTime = resolutionTime;
    }

    @Override
    public long write(NewMessage message, ExpectedVersion expectedVersion) {
        return write(List.of(message), Map.of(message.stream(), expectedVersion))
                .get(0);
    }

    @Override
    public List<Long> write(
            List<NewMessage> messages,
            Map<StreamName, ExpectedVersion> expectedVersions,
            Consumer<MessageLocation> whereDifferent) {
        Batch batch = Batch.of(messages, expectedVersions);
        return messages.isEmpty() ? List.of() : new Attempts(resolutionTime, batch, whereDifferent).write(batch);
    }

    /** One call of {@link #write}: attempts, until the outcome is known or there is no more time. */
    private final class Attempts {

        private final Retries retries;
        private final Batch whole;
        private final Consumer<MessageLocation> whereDifferent;
        private final Map<UUID, Long> positions = new HashMap<>();
        private boolean failedBefore;

        Attempts(Duration resolutionTime, Batch whole, Consumer<MessageLocation> whereDifferent) {
            this.retries = new Retries(resolutionTime);
            this.whole = whole;
            this.whereDifferent = whereDifferent;
        }

        List<Long> write(Batch batch) {
            Batch rest = batch;
            while (!rest.messages().isEmpty()) {
                Batch attempted = rest;
                try {
                    List<Long> written = jdbc.call(session -> attempt(session, attempted));
                    for (int i = 0; i < written.size(); i++) {
                        positions.put(attempted.messages().get(i).id(), written.get(i));
                    }
                    break;
                } catch (FastWrites.Refused e) {
                    failedBefore = true;
                } catch (SQLException e) {
                    rest = afterFailure(attempted, e);
                }
            }
            return whole.ids().stream().map(positions::get).toList();
        }

        private List<Long> attempt(Jdbc.Session session, Batch batch) throws SQLException {
            if (!session.joined()) {
                // What has failed once is for the server's own function to say.
                return failedBefore
                        ? WriteStatement.execute(retries.metContention() ? session.ofReadCommitted() : session, batch)
                        : fast.execute(session, batch);
            }
            try {
                return session.undoing(joined -> WriteStatement.execute(joined, batch));
            } catch (SQLException e) {
                // The transaction is another's: nothing is looked up or tried again in it.
                throw terminal(batch, e);
            }
        }

        /** What is left to be written after a failure, or the exception that tells it. */
        private Batch afterFailure(Batch batch, SQLException e) {
            failedBefore = true;
            return switch (SqlErrors.kind(e)) {
                case CONNECTION_LOST -> {
                    retries.doubtOutcome();
                    yield retryOrGiveUp(batch, e, true);
                }
                case STALE_SNAPSHOT, DEADLOCK -> retryOrGiveUp(batch, e, retries.mayRepeatContention());
                case UNAVAILABLE -> retryOrGiveUp(batch, e, retries.outcomeInDoubt());
                case VERSION_CONFLICT, DUPLICATE_ID -> withoutPresent(batch, e);
                // Had an earlier attempt got through, this one would have met its messages instead.
                case REJECTED -> throw terminal(batch, e);
            };
        }

        private Batch retryOrGiveUp(Batch batch, SQLException e, boolean retry) {
            if (retry && retries.pause()) {
                return batch;
            }
            if (retries.outcomeInDoubt()) {
                throw new OutcomeUnknownException(whole.ids(), SqlErrors.clean(e));
            }
            throw terminal(batch, e);
        }

        /** Finds out whether it is this batch's own messages that are in the way. */
        private Batch withoutPresent(Batch batch, SQLException e) {
            Present present;
            try {
                // After a lost connection it is this call's own attempt that is there.
                present = PresentStatement.read(jdbc, batch, !retries.outcomeInDoubt());
            } catch (StoreUnavailableException unreachable) {
                e.addSuppressed(unreachable);
                retries.doubtOutcome();
                return retryOrGiveUp(batch, e, true);
            }
            if (present.isEmpty()) {
                if (SqlErrors.kind(e) == SqlErrors.Kind.VERSION_CONFLICT) {
                    throw terminal(batch, e);
                }
                // It was there a moment ago: somebody deletes messages.
                return retryOrGiveUp(batch, e, retries.mayRepeatContention());
            }
            present.requireBeginningOf(batch, SqlErrors.clean(e));
            batch.messages().forEach(message -> present.different(message).ifPresent(whereDifferent));
            batch.messages()
                    .forEach(message -> present.position(message).ifPresent(at -> positions.put(message.id(), at)));
            return batch.rest(present.missing(batch));
        }

        private MessageDbException terminal(Batch batch, SQLException e) {
            StreamName stream = batch.messages().get(0).stream();
            ExpectedVersion expected = batch.expected().getOrDefault(stream, ExpectedVersion.ANY);
            return switch (SqlErrors.kind(e)) {
                case VERSION_CONFLICT, STALE_SNAPSHOT -> SqlErrors.versionConflict(stream, expected, e);
                case DUPLICATE_ID ->
                    new DuplicateMessageException(
                            SqlErrors.duplicateId(e)
                                    .orElse(batch.messages().get(0).id()),
                            null,
                            "Where it is was not looked up",
                            SqlErrors.clean(e));
                default -> SqlErrors.translate(batch.describe(), e);
            };
        }
    }
}
