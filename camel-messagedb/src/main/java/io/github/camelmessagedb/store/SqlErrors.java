package io.github.camelmessagedb.store;

import java.sql.SQLException;
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
        /** Rolled back for the sake of another transaction; the same again may succeed. */
        CONTENTION,
        VERSION_CONFLICT,
        DUPLICATE_ID,
        REJECTED,
        UNAVAILABLE
    }

    /** Message DB's contract: {@code Wrong expected version: V (Stream: S, Stream Version: A)}. */
    private static final Pattern WRONG_VERSION = Pattern.compile(
            "Wrong expected version: (-?\\d+) \\(Stream: (.*), Stream Version: (-?\\d+)\\)", Pattern.DOTALL);

    private static final String RAISED_EXCEPTION = "P0001";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String READ_ONLY_TRANSACTION = "25006";

    private SqlErrors() {}

    static Kind kind(SQLException e) {
        String state = state(e);
        if (state.startsWith("08") || state.startsWith("57P") || (state.isEmpty() && isIo(e))) {
            return Kind.CONNECTION_LOST;
        }
        if (state.equals(UNIQUE_VIOLATION)) {
            return switch (constraint(e)) {
                case "messages_id" -> Kind.DUPLICATE_ID;
                case "messages_stream" -> Kind.CONTENTION;
                default -> Kind.REJECTED;
            };
        }
        if (state.equals("40001") || state.equals("40P01")) {
            return Kind.CONTENTION;
        }
        if (state.equals(RAISED_EXCEPTION)) {
            return wrongVersion(e).find() ? Kind.VERSION_CONFLICT : Kind.REJECTED;
        }
        return isRejection(state) && remedy(state) == null ? Kind.REJECTED : Kind.UNAVAILABLE;
    }

    private static boolean isRejection(String state) {
        // Data exception, constraint, feature, syntax or access, program limit, raised by a function of the owner's.
        return state.startsWith("22")
                || state.startsWith("23")
                || state.startsWith("0A")
                || state.startsWith("42")
                || state.startsWith("54")
                || state.startsWith("P0");
    }

    /** The exception for a failure of a kind that has no more to say than the server did. */
    static MessageDbException translate(String doing, SQLException e) {
        String state = state(e);
        String text =
                "Cannot " + doing + ": " + primaryMessage(e) + (state.isEmpty() ? "" : " (SQLSTATE " + state + ")");
        return kind(e) == Kind.REJECTED
                ? new MessageRejectedException(text, state, clean(e))
                : new StoreUnavailableException(text, remedy(state), clean(e));
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

    /** What somebody has to do about it, where waiting alone does not help. */
    private static @Nullable String remedy(String state) {
        return switch (state) {
            case "28P01", "28000" ->
                "Check user name and password, that the role may LOG IN, and the server's pg_hba.conf";
            case "3D000" -> "Check the database's name in the JDBC URL";
            case "42501" ->
                "Connect as the role message_store, or grant your role the same: USAGE on the schema message_store, EXECUTE"
                        + " on its functions, SELECT and INSERT on messages, USAGE on its sequence";
            case "3F000", "42P01", "42883" ->
                "Message DB is not installed in this database, or not all of it: check the database's name in the JDBC URL,"
                        + " or install it";
            case READ_ONLY_TRANSACTION ->
                "The server or the connection is read-only: connect to the primary (targetServerType=primary)";
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
        SQLException clean = new SQLException(primaryMessage(e), e.getSQLState(), e.getErrorCode());
        clean.setStackTrace(e.getStackTrace());
        return clean;
    }

    private static String primaryMessage(SQLException e) {
        ServerErrorMessage error = serverError(e);
        String message = error == null ? e.getMessage() : error.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
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
        return e.getSQLState() == null ? "" : e.getSQLState();
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
