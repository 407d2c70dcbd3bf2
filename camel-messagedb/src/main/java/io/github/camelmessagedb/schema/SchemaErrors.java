package io.github.camelmessagedb.schema;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Set;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What the database's errors mean here. */
final class SchemaErrors {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String NO_SUCH_DATABASE = "3D000";

    /** The second is what the slower of two programs gets that create it at the same time. */
    private static final Set<String> DATABASE_EXISTS = Set.of("42P04", "23505");

    private SchemaErrors() {}

    /** The exception for what could not be done, such as {@code "Message DB cannot be installed"}. */
    static SchemaException translate(String problem, SQLException e) {
        return INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())
                ? new MissingPrivilegeException(problem, inWords(e), e)
                : new SchemaException(problem + ": " + inWords(e), e);
    }

    /** In one line, without the server's hint: that is to drop with CASCADE. */
    static String inWords(SQLException e) {
        if (e instanceof PSQLException known && known.getServerErrorMessage() != null) {
            ServerErrorMessage error = known.getServerErrorMessage();
            String detail = error.getDetail() == null ? "" : ". " + error.getDetail();
            return (error.getMessage() + detail).replaceAll("\\s*\n\\s*", ", ");
        }
        return e.getMessage() + unknownHost(e);
    }

    /** The driver keeps its name among its causes. What does not look like one may have a password in it. */
    private static String unknownHost(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            String host = String.valueOf(t.getMessage()).replaceFirst(":.*", "");
            if (t instanceof UnknownHostException && host.matches("[\\w.-]+")) {
                return " There is no host " + host;
            }
        }
        return "";
    }

    static boolean isNoSuchDatabase(SQLException e) {
        return NO_SUCH_DATABASE.equals(e.getSQLState());
    }

    static boolean isDatabaseExists(SQLException e) {
        return DATABASE_EXISTS.contains(e.getSQLState());
    }
}
