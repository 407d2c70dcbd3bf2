package io.github.camelmessagedb.store;

import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what comes together past {@code write_message}, where that would do nothing else, and by its calls where it would,
 * or where that cannot be told. Whoever replaces the function, or gives the table a trigger, has every write that begins
 * afterwards: that is asked again with each one, in the transaction that writes.
 */
final class FastWrites {

    /** Fewer are written faster by calls. */
    static final int FEWEST = 8;

    /** To ask in vain costs a round trip. */
    static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    /**
     * Nothing was written, and the call has the last word on it. It is to be made on another connection: a pool may have closed
     * this one for what the server said.
     */
    static final class Refused extends SQLException {
        private static final long serialVersionUID = 1L;

        Refused(SQLException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private final int fewest;
    private final Duration retryAfter;
    private final Consumer<FastWritesStatus> told;
    private final StreamVersions known = new StreamVersions();
    private volatile FastWritesStatus status;
    private volatile @Nullable Long retryAt;

    private FastWrites(int fewest, Duration retryAfter, FastWritesStatus status, Consumer<FastWritesStatus> told) {
        this.fewest = fewest;
        this.retryAfter = retryAfter;
        this.status = status;
        this.told = told;
    }

    /** All is written by calls. */
    static FastWrites off() {
        return new FastWrites(Integer.MAX_VALUE, RETRY_AFTER, FastWritesStatus.OFF, status -> {});
    }

    /**
     * What can be is written without calls.
     *
     * @param fewest how many messages are to come together for that
     * @param retryAfter how long it is not tried after it was found that it cannot be
     * @param told when that is known for the first time, and when it changes
     */
    static FastWrites on(int fewest, Duration retryAfter, Consumer<FastWritesStatus> told) {
        return new FastWrites(fewest, retryAfter, FastWritesStatus.NOT_TRIED, told);
    }

    FastWritesStatus status() {
        return status;
    }

    /** As {@link WriteStatement#execute}, but for {@link Refused}. */
    List<Long> execute(Jdbc.Session session, Batch batch) throws SQLException {
        List<Long> written = isWorthTrying(session, batch.messages().size())
                ? attempt(
                        session,
                        new InsertStatement(session, batch.messages(), batch.expectedVersions(), known),
                        insert -> insert.writeAll(batch.sortedCategories()))
                : null;
        return written == null ? WriteStatement.execute(session, batch) : written;
    }

    /** As {@link WriteStatement#executeEach}, but for {@link Refused}. */
    List<Long> executeEach(Jdbc.Session session, List<SharedWrite> writes) throws SQLException {
        List<Long> written = attempt(
                session, writes, insert -> insert.writeEach(writes.get(0).category()));
        return written == null ? WriteStatement.executeEach(session, writes) : written;
    }

    /** As {@link WriteStatement#executeFree}, but for {@link Refused}. */
    List<Long> executeFree(Jdbc.Session session, List<SharedWrite> writes) throws SQLException {
        List<Long> written = attempt(session, writes, InsertStatement::writeFree);
        return written == null ? WriteStatement.executeFree(session, writes) : written;
    }

    private @Nullable List<Long> attempt(Jdbc.Session session, List<SharedWrite> writes, Insert insert)
            throws SQLException {
        if (!isWorthTrying(session, writes.size()) || !expectFirstVersionsOnly(writes)) {
            return null;
        }
        List<NewMessage> messages = writes.stream().map(SharedWrite::message).toList();
        return attempt(
                session,
                new InsertStatement(session, messages, WriteStatement.expectedVersions(writes), known),
                insert);
    }

    /**
     * In somebody else's transaction there may be a snapshot that is older than the lock, and with it the answer to whether
     * the function is what it was.
     */
    private boolean isWorthTrying(Jdbc.Session session, int messages) {
        Long at = retryAt;
        return messages >= fewest && !session.joined() && (at == null || System.nanoTime() - at >= 0);
    }

    /** What is expected of a stream after a message of this flush depends on what became of that. */
    private static boolean expectFirstVersionsOnly(List<SharedWrite> writes) {
        Set<StreamName> seen = new HashSet<>();
        for (SharedWrite write : writes) {
            if (!seen.add(write.message().stream()) && !write.expectedVersion().isAny()) {
                return false;
            }
        }
        return true;
    }

    /** Writes with an INSERT. */
    @FunctionalInterface
    private interface Insert {
        InsertStatement.Answer by(InsertStatement insert) throws SQLException;
    }

    /**
     * Answers null where calls are to be made instead: nothing was written.
     *
     * @throws Refused where they are to be made on another connection
     */
    private @Nullable List<Long> attempt(Jdbc.Session session, InsertStatement statement, Insert insert)
            throws SQLException {
        InsertStatement.Answer answer;
        try {
            answer = insert.by(statement);
        } catch (SQLException e) {
            if (!SqlErrors.isRefusal(e)) {
                throw e;
            }
            if (SqlErrors.isRefusalOfStatement(e)) {
                unusable(
                        session,
                        "the server refuses the INSERT: " + SqlErrors.clean(e).getMessage());
            }
            throw new Refused(e);
        }
        if (!answer.stock()) {
            unusable(session, "it cannot be told why");
            return null;
        }
        now(FastWritesStatus.IN_USE, null);
        return answer.positions();
    }

    private void unusable(Jdbc.Session session, String otherwise) {
        String reason;
        try {
            reason = Objects.requireNonNullElse(InsertStatement.whyNot(session), otherwise);
        } catch (SQLException e) {
            reason = otherwise;
        }
        now(new FastWritesStatus(false, reason), System.nanoTime() + retryAfter.toNanos());
    }

    private void now(FastWritesStatus next, @Nullable Long nextRetry) {
        retryAt = nextRetry;
        FastWritesStatus before = status;
        if (!next.equals(before)) {
            status = next;
            told.accept(next);
        }
    }
}
