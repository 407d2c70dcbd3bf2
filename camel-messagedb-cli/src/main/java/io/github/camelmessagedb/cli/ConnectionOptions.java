package io.github.camelmessagedb.cli;

import io.github.camelmessagedb.schema.MessageDbDatabase;
import io.github.camelmessagedb.schema.MessageDbSchema;
import io.github.camelmessagedb.store.MessageStore;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Option;

/** Where Message DB is, and who asks. */
final class ConnectionOptions {

    @Option(names = "--url", paramLabel = "URL", description = "jdbc:postgresql://host:port/database")
    private @Nullable String url;

    @Option(
            names = {"-d", "--database"},
            paramLabel = "NAME",
            description = "The database (that of the URL, or message_store).")
    private @Nullable String database;

    @Option(
            names = {"-U", "--username"},
            paramLabel = "NAME",
            description = "The role to log in with (that of the system's user).")
    private @Nullable String username;

    @Option(
            names = {"-W", "--password"},
            description = "Ask for the password.")
    private boolean askForPassword;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and exit.")
    @SuppressWarnings("UnusedVariable") // It is picocli that acts on it.
    private boolean help;

    private final Terminal terminal;
    private @Nullable String password;

    ConnectionOptions(Terminal terminal) {
        this.terminal = terminal;
    }

    DataSource dataSource() {
        return dataSource(null);
    }

    MessageStore store() {
        return new MessageStore(dataSource());
    }

    MessageDbSchema schema(@Nullable String role) {
        MessageDbSchema schema = MessageDbSchema.on(dataSource());
        return role == null ? schema : schema.withRole(role);
    }

    MessageDbDatabase database() {
        return MessageDbDatabase.named(databaseName(), this::dataSource);
    }

    /** The name of the database that was chosen. */
    String databaseName() {
        return String.valueOf(dataSource(null).getDatabaseName());
    }

    /** For a database by name, or the one that was chosen. */
    private PGSimpleDataSource dataSource(@Nullable String name) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setApplicationName("messagedb");
        dataSource.setServerNames(new String[] {terminal.variable("PGHOST", "localhost")});
        dataSource.setPortNumbers(new int[] {port()});
        dataSource.setDatabaseName(terminal.variable("PGDATABASE", MessageDbDatabase.DEFAULT_NAME));
        dataSource.setUser(terminal.variable("PGUSER", System.getProperty("user.name")));
        if (url != null) {
            use(url, dataSource);
        }
        if (database != null) {
            if (database.isBlank()) {
                throw new IllegalArgumentException("The database is empty: give --database a name, or leave it out");
            }
            dataSource.setDatabaseName(database);
        }
        if (name != null) {
            dataSource.setDatabaseName(name);
        }
        if (username != null) {
            dataSource.setUser(username);
        }
        dataSource.setPassword(password());
        return dataSource;
    }

    private static void use(String url, PGSimpleDataSource dataSource) {
        String user = dataSource.getUser();
        requireUrl(url, dataSource);
        if (dataSource.getPassword() != null) {
            throw new IllegalArgumentException(
                    "A password does not belong into an argument, where others on this machine"
                            + " see it: set PGPASSWORD, or let -W ask for it");
        }
        if (dataSource.getUser() == null) {
            dataSource.setUser(user);
        }
    }

    /** It is not quoted: there may be a password in it. */
    private static void requireUrl(String url, PGSimpleDataSource dataSource) {
        if (url.matches("(?s)[^/?]*//[^/?]*@.*")) {
            throw new IllegalArgumentException(
                    "The URL has a user before its host, which this driver does not take: give"
                            + " the role with -U, and the password with PGPASSWORD or -W");
        }
        try {
            dataSource.setUrl(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The URL is none of PostgreSQL's driver: it must look like"
                            + " jdbc:postgresql://localhost:5432/message_store",
                    e);
        }
    }

    private int port() {
        String port = terminal.variable("PGPORT", "5432");
        try {
            return Integer.parseInt(port);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("PGPORT must be a number, but is " + port, e);
        }
    }

    /** Asked for once. */
    private @Nullable String password() {
        if (password == null) {
            password = askForPassword
                    ? terminal.password().get()
                    : terminal.environment().get("PGPASSWORD");
        }
        return password;
    }
}
