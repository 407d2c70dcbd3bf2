package io.github.camelmessagedb.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes messages of many callers in one transaction, each with the outcome that it would have had alone. */
final class SharedWriter {

    private final Jdbc jdbc;
    private final FastWrites fast;
    private final MessageWriter direct;
    private final Duration resolutionTime;

    SharedWriter(Jdbc jdbc, FastWrites fast, MessageWriter direct, Duration resolutionTime) {
        this.jdbc = jdbc;
        this.fast = fast;
        this.direct = direct;
        this.resolutionTime = resolutionTime;
    }

    /**
     * Settles each of the writes, which have different ids and are of one category.
     *
     * @return the failure that all of them have, if no connection could be had: who comes next would wait for one in vain, too
     */
    @Nullable
    MessageDbException write(List<SharedWrite> writes) {
        Attempts attempts = new Attempts();
        attempts.write(writes);
        return attempts.notConnected;
    }

    /**
     * Tries to settle each of the writes, which have different ids and are of several categories. Those that are not settled
     * when this returns were not written: because somebody else holds the lock of their category, or because all failed for
     * what is not the fault of all. By category, {@link #write} settles them.
     *
     * @return as {@link #write}
     */
    @Nullable
    MessageDbException writeFree(List<SharedWrite> writes) {
        Attempts attempts = new Attempts();
        attempts.writeFree(writes);
        return attempts.notConnected;
    }

    /** The attempts to write what came together. */
    private final class Attempts {

        private final Retries retries = new Retries(resolutionTime);
        private @Nullable MessageDbException notConnected;
        private boolean failedBefore;

        /** The store was away for as long as is waited for it. */
        private boolean givenUp;

        void write(List<SharedWrite> writes) {
            List<SharedWrite> rest = writes;
            while (rest.size() > 1) {
                rest = afterAttempt(rest);
            }
            rest.forEach(this::writeAlone);
        }

        void writeFree(List<SharedWrite> writes) {
            try {
                List<Long> answers = jdbc.call(session -> fast.executeFree(session, writes));
                List<Integer> tried = IntStream.range(0, answers.size())
                        .filter(i -> !WriteStatement.isHeld(answers.get(i)))
                        .boxed()
                        .toList();
                settle(
                        tried.stream().map(writes::get).toList(),
                        tried.stream().map(answers::get).toList());
            } catch (FastWrites.Refused e) {
                // By category it comes out whose fault that is.
            } catch (SQLException e) {
                SqlErrors.Kind kind = SqlErrors.kind(e);
                if (kind == SqlErrors.Kind.CONNECTION_LOST || kind == SqlErrors.Kind.UNAVAILABLE) {
                    byCategory(afterFailure(writes, e)).forEach(group -> writeUnlessGivenUp(group, e));
                }
            }
        }

        /** Where the store is away, one category after the other would wait for it. */
        private void writeUnlessGivenUp(List<SharedWrite> writes, SQLException e) {
            if (givenUp) {
                failed(writes, e);
            } else {
                write(writes);
            }
        }

        private Collection<List<SharedWrite>> byCategory(List<SharedWrite> writes) {
            return writes.stream()
                    .collect(Collectors.groupingBy(SharedWrite::category, LinkedHashMap::new, Collectors.toList()))
                    .values();
        }

        /** Tries to write all of them, and answers those of which nothing is known yet. */
        private List<SharedWrite> afterAttempt(List<SharedWrite> writes) {
            try {
                List<Long> answers = jdbc.call(session -> attempt(session, writes));
                settle(writes, answers);
                return List.of();
            } catch (FastWrites.Refused e) {
                failedBefore = true;
                return writes;
            } catch (SQLException e) {
                return afterFailure(writes, e);
            }
        }

        /** What has failed once is for the server's own function to say. */
        private List<Long> attempt(Jdbc.Session session, List<SharedWrite> writes) throws SQLException {
            return failedBefore
                    ? WriteStatement.executeEach(retries.metContention() ? session.ofReadCommitted() : session, writes)
                    : fast.executeEach(session, writes);
        }

        /** Nothing was written, or, where the connection was lost, all of it or nothing. */
        private List<SharedWrite> afterFailure(List<SharedWrite> writes, SQLException e) {
            failedBefore = true;
            return switch (SqlErrors.kind(e)) {
                case CONNECTION_LOST -> {
                    retries.doubtOutcome();
                    yield againOrFailed(writes, e);
                }
                case UNAVAILABLE -> retries.outcomeInDoubt() ? againOrFailed(writes, e) : failed(writes, e);
                case STALE_SNAPSHOT, DEADLOCK -> againOrApart(writes, e);
                case DUPLICATE_ID -> withoutPresent(writes, e);
                // Somebody's own fault: whose, the halves show.
                case VERSION_CONFLICT, REJECTED -> {
                    int half = writes.size() / 2;
                    write(writes.subList(0, half));
                    yield writes.subList(half, writes.size());
                }
            };
        }

        private List<SharedWrite> againOrFailed(List<SharedWrite> writes, SQLException e) {
            return retries.pause() ? writes : failed(writes, e);
        }

        private List<SharedWrite> againOrApart(List<SharedWrite> writes, SQLException e) {
            if (retries.mayRepeatContention()) {
                return againOrFailed(writes, e);
            }
            writes.forEach(this::writeAlone);
            return List.of();
        }

        private List<SharedWrite> failed(List<SharedWrite> writes, SQLException e) {
            givenUp = true;
            if (e instanceof Jdbc.NotConnected) {
                notConnected = SqlErrors.translate("write a message", e);
            }
            for (SharedWrite write : writes) {
                write.failed(
                        retries.outcomeInDoubt()
                                ? new OutcomeUnknownException(List.of(write.id()), SqlErrors.clean(e))
                                : SqlErrors.translate(write.batch().describe(), e));
            }
            return List.of();
        }

        private void writeAlone(SharedWrite write) {
            try {
                write.writeBy(direct);
            } catch (StoreUnavailableException e) {
                givenUp = true;
                // It knows nothing of the attempts before.
                write.failed(retries.outcomeInDoubt() ? new OutcomeUnknownException(List.of(write.id()), e) : e);
            } catch (RuntimeException e) {
                write.failed(e);
            }
        }

        private void settle(List<SharedWrite> writes, List<Long> answers) {
            List<SharedWrite> conflicts = new ArrayList<>();
            List<Long> versions = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                OptionalLong conflicting = WriteStatement.conflictingVersion(answers.get(i));
                if (conflicting.isEmpty()) {
                    writes.get(i).written(answers.get(i));
                } else {
                    conflicts.add(writes.get(i));
                    versions.add(conflicting.getAsLong());
                }
            }
            if (!conflicts.isEmpty()) {
                settleConflicts(conflicts, versions);
            }
        }

        /** What is in the store already is no conflict, whatever was expected. */
        private void settleConflicts(List<SharedWrite> conflicts, List<Long> versions) {
            try {
                List<SharedWrite> real = withoutLocated(conflicts, null);
                for (SharedWrite write : real) {
                    write.failed(new VersionConflictException(
                            write.message().stream(),
                            write.expectedVersion(),
                            versions.get(conflicts.indexOf(write)),
                            null));
                }
            } catch (StoreUnavailableException e) {
                conflicts.forEach(write -> write.failed(
                        retries.outcomeInDoubt() ? new OutcomeUnknownException(List.of(write.id()), e) : e));
            }
        }

        /** Settles those that are in the store, and answers the others. */
        private List<SharedWrite> withoutLocated(List<SharedWrite> writes, @Nullable SQLException e) {
            Batch together = new Batch(writes.stream().map(SharedWrite::message).toList(), Map.of());
            Present present = PresentStatement.read(jdbc, together, !retries.outcomeInDoubt());
            List<SharedWrite> missing = new ArrayList<>();
            for (SharedWrite write : writes) {
                OptionalLong position = present.position(write.message());
                if (position.isEmpty()) {
                    missing.add(write);
                    continue;
                }
                try {
                    present.requireBeginningOf(write.batch(), e == null ? null : SqlErrors.clean(e));
                    present.different(write.message()).ifPresent(write::different);
                    write.written(position.getAsLong());
                } catch (DuplicateMessageException another) {
                    write.failed(another);
                }
            }
            return missing;
        }

        private List<SharedWrite> withoutPresent(List<SharedWrite> writes, SQLException e) {
            List<SharedWrite> missing;
            try {
                missing = withoutLocated(writes, e);
            } catch (StoreUnavailableException unreachable) {
                e.addSuppressed(unreachable);
                retries.doubtOutcome();
                return againOrFailed(writes, e);
            }
            // It was there a moment ago: somebody deletes messages.
            return missing.size() == writes.size() ? againOrApart(writes, e) : missing;
        }
    }
}
