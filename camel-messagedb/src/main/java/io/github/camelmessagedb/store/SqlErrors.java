package io.github.camelmessagedb.store;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The one place that reads SQLSTATEs, constraint names and the server's texts. */
final class SqlErrors {

    /** What a failure means for whoever called. */
    enum Kind {
        /** The connection is gone; what was under way may have been committed. */
        CONNECTION_LOST,
        /** Another transaction committed what this one's snapshot does not show; the same again may succeed. */
        STALE_SNAPSHOT,
        /** Rolled back for the sake of another transaction; the same again may succeed. */
        DEADLOCK,
        VERSION_CONFLICT,
        DUPLICATE_ID,
        REJECTED,
        UNAVAILABLE
    }

    /** Message DB's contract: {@code Wrong expected version: V (Stream: S, Stream Version: A)}. */
    private static final Pattern WRONG_VERSION = Pattern.compile(
            "Wrong expected version: (-?\\d+) \\(Stream: (.*), Stream Version: (-?\\d+)\\)", Pattern.DOTALL);

    /** {@code Key (id)=(…) already exists.}, in the server's language. */
    private static final Pattern KEY_OF_DETAIL =
            Pattern.compile("\\(id\\)=\\((\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})\\)");

    /** Where a data exception begins to quote the value that it is about, in the server's language. */
    private static final Pattern QUOTED_VALUE = Pattern.compile("[:\"'„“”«»‚‘’‹›「『].*", Pattern.DOTALL);

    private static final String RAISED_EXCEPTION = "P0001";
    private static final String DATA_EXCEPTION = "22";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String READ_ONLY_TRANSACTION = "25006";

    private static final String CONDITION_REMEDY =
            ". A condition is taken where the server's setting message_store.sql_condition is on, as by ALTER DATABASE ... SET or ALTER"
                    + " ROLE ... SET message_store.sql_condition = on";

    private SqlErrors() {}

    static Kind kind(SQLException e) {
        if (e instanceof Jdbc.NotConnected) {
            return Kind.UNAVAILABLE;
        }
        String state = state(e);
        if (state.startsWith("08") || state.startsWith("57P") || (state.isEmpty() && isIo(e))) {
            return Kind.CONNECTION_LOST;
        }
        if (state.equals(UNIQUE_VIOLATION)) {
            return switch (constraint(e)) {
                case "messages_id" -> Kind.DUPLICATE_ID;
                case "messages_stream" -> Kind.STALE_SNAPSHOT;
                default -> Kind.REJECTED;
            };
        }
        if (state.equals("40001")) {
            return Kind.STALE_SNAPSHOT;
        }
        if (state.equals("40P01")) {
            return Kind.DEADLOCK;
        }
        if (state.equals(RAISED_EXCEPTION)) {
            return wrongVersion(e).find() ? Kind.VERSION_CONFLICT : Kind.REJECTED;
        }
        return isRejection(state) && remedy(state) == null ? Kind.REJECTED : Kind.UNAVAILABLE;
    }

    /** The server was reached and does not want this, whoever's fault it is: nothing was written. */
    static boolean isRefusal(SQLException e) {
        return !(e instanceof Jdbc.NotConnected) && isRejection(state(e));
    }

    /** It is not what is written that the server refuses, but how. */
    static boolean isRefusalOfStatement(SQLException e) {
        return state(e).startsWith("42") || state(e).startsWith("0A");
    }

    private static boolean isRejection(String state) {
        // Data exception, constraint, feature, syntax or access, program limit, raised by a function of the owner's.
        return state.startsWith(DATA_EXCEPTION)
                || state.startsWith("23")
                || state.startsWith("0A")
                || state.startsWith("42")
                || state.startsWith("54")
                || state.startsWith("P0");
    }

    /** The exception for a failure of a kind that has no more to say than the server did. */
    static MessageDbException translate(String doing, SQLException e) {
        return kind(e) == Kind.REJECTED
                ? rejected(doing, e, "")
                : new StoreUnavailableException(text(doing, e), remedy(state(e)), clean(e));
    }

    /** The same for a read with an SQL condition: what the condition names and is not there is the condition's fault. */
    static MessageDbException translateConditional(String doing, SQLException e) {
        ServerErrorMessage error = serverError(e);
        String state = state(e);
        if (state.equals(RAISED_EXCEPTION)) {
            return rejected(doing, e, CONDITION_REMEDY);
        }
        boolean inCondition = error != null
                && error.getInternalQuery() != null
                && isRejection(state)
                && !state.equals(INSUFFICIENT_PRIVILEGE);
        return inCondition ? rejected(doing, e, "") : translate(doing, e);
    }

    /** The same for a query of the user's: what it names and is not there is its own fault. */
    static MessageDbException translateOwnSql(String doing, SQLException e) {
        return isRejection(state(e)) && !state(e).equals(INSUFFICIENT_PRIVILEGE)
                ? rejected(doing, e, "")
                : translate(doing, e);
    }

    private static MessageRejectedException rejected(String doing, SQLException e, String remedy) {
        return new MessageRejectedException(text(doing, e) + remedy, state(e), clean(e));
    }

    private static String text(String doing, SQLException e) {
        String state = state(e);
        return "Cannot " + doing + ": " + primaryMessage(e) + rootMessage(e)
                + (state.isEmpty() ? "" : " (SQLSTATE " + state + ")");
    }

    /** A pool says that it has no connection, and keeps the reason among its causes. */
    private static String rootMessage(SQLException e) {
        if (!(e instanceof Jdbc.NotConnected)) {
            return "";
        }
        String reason = "";
        for (Throwable t = e.getCause(); t != null; t = t.getCause()) {
            if (t instanceof PSQLException postgres) {
                reason = primaryMessage(postgres);
            }
        }
        return (reason.isEmpty() || reason.equals(primaryMessage(e)) ? "" : ". The reason: " + reason) + unknownHost(e);
    }

    /**
     * The name of a host that nobody knows, which the driver does not tell but keeps among its causes. What does not look
     * like one is left out: it may have a password in it.
     */
    private static String unknownHost(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            String host = String.valueOf(t.getMessage()).replaceFirst(":.*", "");
            if (t instanceof UnknownHostException && host.matches("[\\w.-]+")) {
                return " There is no host " + host;
            }
        }
        return "";
    }

    static VersionConflictException versionConflict(StreamName fallback, ExpectedVersion expected, SQLException e) {
        Matcher matcher = wrongVersion(e);
        if (!matcher.find()) {
            return new VersionConflictException(fallback, expected, null, clean(e));
        }
        return new VersionConflictException(
                new StreamName(matcher.group(2)),
                ExpectedVersion.of(Long.parseLong(matcher.group(1))),
                Long.valueOf(matcher.group(3)),
                clean(e));
    }

    /** The id that is in the store already, where the server says it. */
    static Optional<UUID> duplicateId(SQLException e) {
        ServerErrorMessage error = serverError(e);
        String detail = error == null ? null : error.getDetail();
        Matcher matcher = KEY_OF_DETAIL.matcher(detail == null ? "" : detail);
        return matcher.find() ? Optional.of(UUID.fromString(matcher.group(1))) : Optional.empty();
    }

    /** What somebody has to do about it, where waiting alone does not help. */
    private static @Nullable String remedy(String state) {
        return switch (state) {
            case "28P01", "28000" ->
                "Check user name and password, that the role may LOG IN, and the server's pg_hba.conf";
            case "08001" ->
                "Check host and port in the JDBC URL, and whether the server runs and can be reached from here";
            case "3D000" -> "Check the database's name in the JDBC URL";
            case INSUFFICIENT_PRIVILEGE ->
                "Connect as the role message_store, or grant your role the same: USAGE on the schema message_store, EXECUTE"
                        + " on its functions, SELECT and INSERT on messages, USAGE on its sequence";
            case "3F000", "42P01", "42883" ->
                "Message DB is not installed in this database, or not all of it: check the database's name in the JDBC URL,"
                        + " or install it";
            case READ_ONLY_TRANSACTION ->
                "The server or the connection is read-only: connect to the primary (targetServerType=primary)";
            case "26000", "42P05" ->
                "Prepared statements get lost or mixed up between driver and server, as behind a PgBouncer in transaction"
                        + " mode: add prepareThreshold=0 to the JDBC URL";
            default -> null;
        };
    }

    /**
     * The same error without the server's detail and context, which can quote the content of a message.
     */
    static SQLException clean(SQLException e) {
        if (serverError(e) == null) {
            return e;
        }
        SQLException clean = new SQLException(primaryMessage(e), state(e), e.getErrorCode());
        clean.setStackTrace(e.getStackTrace());
        return clean;
    }

    private static String primaryMessage(SQLException e) {
        ServerErrorMessage error = serverError(e);
        String message = error == null ? e.getMessage() : error.getMessage();
        if (message == null) {
            return e.getClass().getSimpleName();
        }
        return state(e).startsWith(DATA_EXCEPTION)
                ? QUOTED_VALUE.matcher(message).replaceFirst("…")
                : message;
    }

    private static Matcher wrongVersion(SQLException e) {
        return WRONG_VERSION.matcher(primaryMessage(e));
    }

    private static String constraint(SQLException e) {
        ServerErrorMessage error = serverError(e);
        String constraint = error == null ? null : error.getConstraint();
        return constraint == null ? "" : constraint;
    }

    private static String state(SQLException e) {
        String state = e instanceof Jdbc.NotConnected && e.getCause() instanceof SQLException cause
                ? cause.getSQLState()
                : e.getSQLState();
        return state == null ? "" : state;
    }

    private static boolean isIo(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof java.io.IOException) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable ServerErrorMessage serverError(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof PSQLException postgres) {
                return postgres.getServerErrorMessage();
            }
        }
        return null;
    }
}
