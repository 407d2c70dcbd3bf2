package io.github.camelmessagedb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedMessageDbIT {

    private static final List<String> DURABILITY = List.of("fsync", "synchronous_commit", "full_page_writes");

    @TempDir
    private Path temporary;

    @Test
    void close_leaves_no_server_and_no_directory() throws Exception {
        EmbeddedMessageDb messageDb = EmbeddedMessageDb.start();
        ProcessHandle server = ProcessHandle.of(messageDb.serverPid()).orElseThrow();
        Sql.write(messageDb.dataSource(), "thing-1");

        messageDb.close();
        messageDb.close();

        server.onExit().join();
        assertThat(messageDb.dataDirectory()).doesNotExist();
        assertThatExceptionOfType(EmbeddedMessageDbException.class).isThrownBy(messageDb::startServer);
    }

    @Test
    void jdbc_url_and_data_sources_are_of_the_two_roles() throws SQLException {
        try (EmbeddedMessageDb messageDb = EmbeddedMessageDb.start()) {
            assertThat(Sql.value(messageDb.dataSource(), "SELECT current_user")).isEqualTo("message_store");
            assertThat(Sql.value(messageDb.ownerDataSource(), "SELECT current_user"))
                    .isEqualTo("postgres");
            assertThat(messageDb.jdbcUrl())
                    .isEqualTo("jdbc:postgresql://localhost:" + messageDb.port() + "/message_store?user=message_store");
            assertThat(Sql.value(messageDb.dataSource(), "SHOW server_version")).isEqualTo(messageDb.serverVersion());
            assertThat(messageDb.serverVersion()).startsWith(messageDb.postgresMajor() + ".");
        }
    }

    @Test
    void listens_on_loopback_only_and_is_not_durable() throws SQLException {
        try (EmbeddedMessageDb messageDb = EmbeddedMessageDb.start()) {
            assertThat(Sql.value(messageDb.dataSource(), "SHOW listen_addresses"))
                    .isEqualTo("localhost");
            for (String setting : DURABILITY) {
                assertThat(Sql.value(messageDb.dataSource(), "SHOW " + setting)).isEqualTo("off");
            }
        }
    }

    @Test
    void a_postgresql_that_is_installed_serves_as_well() throws Exception {
        Path home = temporary.resolve("PostgreSQL of our own");
        try (EmbeddedMessageDb bundled = EmbeddedMessageDb.start()) {
            FileUtils.copyDirectory(program(bundled).getParent().getParent().toFile(), home.toFile());
        }

        try (EmbeddedMessageDb messageDb =
                EmbeddedMessageDb.builder().postgresHome(home).start()) {
            assertThat(program(messageDb))
                    .isEqualTo(home.resolve("bin/postgres").toRealPath());
            Sql.write(messageDb.dataSource(), "thing-1");
            messageDb.restart();
            assertThat(Sql.messages(messageDb.ownerDataSource())).isOne();
        }
        assertThat(home.resolve("bin/postgres")).exists();
    }

    private static Path program(EmbeddedMessageDb messageDb) throws IOException {
        return Path.of(ProcessHandle.of(messageDb.serverPid())
                        .orElseThrow()
                        .info()
                        .command()
                        .orElseThrow())
                .toRealPath();
    }

    @Test
    void where_none_is_installed_the_missing_program_is_named() {
        EmbeddedMessageDb.Builder builder = EmbeddedMessageDb.builder();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.postgresHome(temporary))
                .withMessageContaining(temporary + "/bin/initdb");
    }

    @Test
    void an_installed_postgresql_has_the_version_that_it_has() throws IOException {
        Path bin = Files.createDirectory(temporary.resolve("bin"));
        for (String program : List.of("initdb", "pg_ctl", "postgres")) {
            assertThat(Files.createFile(bin.resolve(program)).toFile().setExecutable(true))
                    .isTrue();
        }
        EmbeddedMessageDb.Builder builder =
                EmbeddedMessageDb.builder().postgresHome(temporary).postgresMajor(16);
        assertThatIllegalArgumentException().isThrownBy(builder::start).withMessageContaining("not both");
    }

    @Test
    void a_created_database_is_an_empty_message_db_of_its_own() throws SQLException {
        try (EmbeddedMessageDb messageDb = EmbeddedMessageDb.start()) {
            Sql.write(messageDb.dataSource(), "thing-1");

            EmbeddedDatabase other = messageDb.createDatabase("an \"odd\" name");

            assertThat(Sql.messages(other.ownerDataSource())).isZero();
            Sql.write(other.dataSource(), "thing-1");
            Sql.write(other.dataSource(), "thing-1");
            assertThat(Sql.messages(messageDb.dataSource())).isOne();
            assertThatExceptionOfType(EmbeddedMessageDbException.class)
                    .isThrownBy(() -> messageDb.createDatabase("an \"odd\" name"))
                    .withMessageContaining("already exists");
        }
    }

    @Test
    void a_database_is_dropped_with_its_sessions_unless_it_is_the_server_s_own() throws SQLException {
        try (EmbeddedMessageDb messageDb = EmbeddedMessageDb.start()) {
            EmbeddedDatabase other = messageDb.createDatabase("other");
            try (Connection session = other.dataSource().getConnection()) {
                messageDb.dropDatabase("other");
                messageDb.dropDatabase("other");

                assertThat(session.isValid(5)).isFalse();
            }
            assertThat(Sql.value(
                            messageDb.ownerDataSource(), "SELECT count(*) FROM pg_database WHERE datname = 'other'"))
                    .isEqualTo("0");
            for (String own : List.of("message_store", "message_store_template")) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> messageDb.dropDatabase(own))
                        .withMessageContaining(own);
            }
        }
    }

    @Test
    void restart_keeps_port_and_data() throws SQLException {
        try (EmbeddedMessageDb messageDb = EmbeddedMessageDb.start()) {
            int port = messageDb.port();
            long before = messageDb.serverPid();
            Sql.write(messageDb.dataSource(), "thing-1");

            messageDb.restart();

            assertThat(messageDb.port()).isEqualTo(port);
            assertThat(messageDb.serverPid()).isNotEqualTo(before);
            assertThat(Sql.messages(messageDb.dataSource())).isOne();
        }
    }

    @Test
    void a_stopped_server_refuses_and_a_started_one_accepts_again() throws SQLException {
        try (EmbeddedMessageDb messageDb = EmbeddedMessageDb.start();
                Connection open = messageDb.dataSource().getConnection()) {
            messageDb.stopServer();
            messageDb.stopServer();

            assertThat(open.isValid(1)).isFalse();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> messageDb.dataSource().getConnection());
            assertThatExceptionOfType(EmbeddedMessageDbException.class)
                    .isThrownBy(messageDb::serverPid)
                    .withMessageContaining("is down");

            messageDb.startServer();
            messageDb.startServer();
            Sql.write(messageDb.dataSource(), "thing-1");
        }
    }

    @Test
    void an_immediate_stop_of_a_durable_server_loses_nothing_committed() throws SQLException {
        try (EmbeddedMessageDb messageDb =
                EmbeddedMessageDb.builder().durable(true).start()) {
            Sql.write(messageDb.dataSource(), "thing-1");

            messageDb.stopServer(StopMode.IMMEDIATE);
            messageDb.startServer();

            assertThat(Sql.messages(messageDb.dataSource())).isOne();
            for (String setting : DURABILITY) {
                assertThat(Sql.value(messageDb.dataSource(), "SHOW " + setting)).isEqualTo("on");
            }
        }
    }

    @Test
    void a_killed_server_starts_again() throws SQLException {
        try (EmbeddedMessageDb messageDb =
                        EmbeddedMessageDb.builder().durable(true).start();
                Connection open = messageDb.dataSource().getConnection()) {
            Sql.write(messageDb.dataSource(), "thing-1");
            ProcessHandle server = ProcessHandle.of(messageDb.serverPid()).orElseThrow();

            server.destroyForcibly();
            server.onExit().join();
            messageDb.startServer();

            assertThat(Sql.messages(messageDb.dataSource())).isOne();
            assertThat(open.isValid(1)).isFalse();
        }
    }

    @Test
    void a_given_directory_stays_with_its_data_also_under_a_path_with_spaces() throws SQLException {
        Path directory = temporary.resolve("it's my data");
        try (EmbeddedMessageDb messageDb = on(directory).start()) {
            Sql.write(messageDb.dataSource(), "thing-1");
        }
        try (EmbeddedMessageDb messageDb = on(directory).start()) {
            assertThat(Sql.messages(messageDb.dataSource())).isOne();
        }
        assertThat(directory).isDirectoryContaining("glob:**/data");
    }

    @Test
    void a_directory_in_use_is_refused_and_its_server_left_alone() throws SQLException {
        try (EmbeddedMessageDb messageDb = on(temporary).start()) {
            assertThatExceptionOfType(EmbeddedMessageDbException.class)
                    .isThrownBy(() -> on(temporary).start())
                    .withMessageContaining(temporary.toString())
                    .withMessageContaining("in use");
            Sql.write(messageDb.dataSource(), "thing-1");
        }
    }

    @Test
    void a_port_in_use_is_named_and_nothing_is_left() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(EmbeddedMessageDbException.class)
                    .isThrownBy(() -> on(temporary).port(other.getLocalPort()).start())
                    .withMessageContaining("Port " + other.getLocalPort() + " is in use");
            assertThat(temporary.resolve("data/postmaster.pid")).doesNotExist();
        }
    }

    @Test
    void a_port_asked_for_is_the_port() throws IOException {
        int port = FreePort.find();
        try (EmbeddedMessageDb messageDb =
                EmbeddedMessageDb.builder().port(port).start()) {
            assertThat(messageDb.port()).isEqualTo(port);
        }
    }

    @Test
    void a_server_setting_reaches_the_server_and_may_change_at_the_next_start() throws SQLException {
        for (String path : new String[] {"\"a b\", public", "message_store"}) {
            try (EmbeddedMessageDb messageDb =
                    on(temporary).serverSetting("search_path", path).start()) {
                assertThat(Sql.value(messageDb.dataSource(), "SHOW search_path"))
                        .isEqualTo(path);
            }
        }
    }

    @Test
    void a_server_setting_replaces_the_default_and_keeps_its_quotes_and_backslashes() throws SQLException {
        try (EmbeddedMessageDb messageDb = EmbeddedMessageDb.builder()
                .serverSetting("Max_Connections", "7")
                .serverSetting("a.b", "it's \\n $HOME `\"")
                .start()) {
            assertThat(Sql.value(messageDb.dataSource(), "SHOW max_connections"))
                    .isEqualTo("7");
            assertThat(Sql.value(messageDb.dataSource(), "SHOW a.b")).isEqualTo("it's \\n $HOME `\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"port", "listen_addresses", "LISTEN_ADDRESSES", "a = 1\nb", ""})
    void where_it_listens_and_names_that_are_none_are_refused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedMessageDb.builder().serverSetting(name, "*"));
    }

    @Test
    void a_setting_that_the_server_refuses_is_reported_in_its_words_and_the_directory_stays_usable()
            throws SQLException {
        assertThatExceptionOfType(EmbeddedMessageDbException.class)
                .isThrownBy(() ->
                        on(temporary).serverSetting("no_such_setting", "1").start())
                .withMessageContaining("no_such_setting");

        try (EmbeddedMessageDb messageDb = on(temporary).start()) {
            Sql.write(messageDb.dataSource(), "thing-1");
        }
    }

    @Test
    void data_of_another_major_is_not_touched() throws IOException {
        Files.createDirectories(temporary.resolve("data"));
        Files.writeString(temporary.resolve("data/PG_VERSION"), "9\n");

        assertThatExceptionOfType(EmbeddedMessageDbException.class)
                .isThrownBy(() -> on(temporary).start())
                .withMessageContaining("PostgreSQL 9");
        assertThatExceptionOfType(EmbeddedMessageDbException.class)
                .isThrownBy(() -> on(temporary).postgresMajor(17).start())
                .withMessageContaining("is of PostgreSQL 9, not 17");
    }

    private static EmbeddedMessageDb.Builder on(Path directory) {
        return EmbeddedMessageDb.builder().dataDirectory(directory);
    }
}
