package io.github.camelmessagedb.testing;

import io.github.camelmessagedb.embedded.testing.SharedMessageDb;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ds.PGSimpleDataSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * The PostgreSQL of this JVM's tests, one for all of them. The system property {@code messagedb.test.database} says
 * which: {@code embedded}, {@code testcontainers}, or the JDBC URL of a superuser of a server that is there for tests.
 *
 * @param host where it listens
 * @param port where it listens
 * @param superuser a role that may do everything
 * @param password the superuser's, which the tests give to other roles too
 * @param lasting whether it outlives this JVM
 */
record TestServer(
        String host, int port, String superuser, @Nullable String password, boolean lasting) {

    static final String PROPERTY = "messagedb.test.database";

    /** Starts the server at the first call. Where there is no Docker for it, the test is skipped. */
    static synchronized TestServer shared() {
        TestServer server = Shared.server;
        if (server == null) {
            server = start(System.getProperty(PROPERTY, "embedded"));
            Shared.server = server;
        }
        return server;
    }

    private static final class Shared {
        static @Nullable TestServer server;
    }

    /** Of the PostgreSQL that was asked for. */
    static String majorVersion() {
        return System.getProperty("embedded.postgres.version", "17").replaceFirst("\\..*", "");
    }

    private static TestServer start(String where) {
        return switch (where) {
            case "embedded" -> embedded();
            case "testcontainers" -> container();
            default -> at(where);
        };
    }

    /** It ends with the JVM: tests of other engines than JUnit's use it too. */
    @SuppressWarnings("resource")
    private static TestServer embedded() {
        return new TestServer("localhost", SharedMessageDb.acquire().port(), "postgres", null, false);
    }

    /** Testcontainers removes it when the JVM has ended. */
    @SuppressWarnings("resource")
    private static TestServer container() {
        Assumptions.assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(), "Testcontainers needs Docker, which is not there");
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:" + majorVersion() + "-alpine");
        container.start();
        return new TestServer(
                container.getHost(),
                container.getMappedPort(5432),
                container.getUsername(),
                container.getPassword(),
                false);
    }

    private static TestServer at(String jdbcUrl) {
        Properties url = Driver.parseURL(jdbcUrl, new Properties());
        if (url == null) {
            throw new IllegalArgumentException("The system property " + PROPERTY
                    + " must be embedded, testcontainers or a JDBC URL of PostgreSQL, but is " + jdbcUrl);
        }
        return new TestServer(
                PGProperty.PG_HOST.getOrDefault(url),
                Integer.parseInt(PGProperty.PG_PORT.getOrDefault(url)),
                PGProperty.USER.getOrDefault(url),
                PGProperty.PASSWORD.getOrDefault(url),
                true);
    }

    /** A JDBC URL without user and password. */
    String jdbcUrl(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    PGSimpleDataSource dataSource(String database, String role) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {host});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName(database);
        dataSource.setUser(role);
        dataSource.setPassword(password);
        return dataSource;
    }
}
