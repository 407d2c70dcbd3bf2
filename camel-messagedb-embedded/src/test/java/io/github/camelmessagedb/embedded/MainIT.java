package io.github.camelmessagedb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;

class MainIT {

    @Test
    void prints_how_to_reach_it_and_runs_until_it_is_told_to_stop() throws Exception {
        int port = FreePort.find();
        try (ForkedJvm jvm = ForkedJvm.run(Main.class, "--port=" + port)) {
            String url = jvm.awaitLine("JDBC").replace("JDBC", "").trim();
            assertThat(jvm.awaitLine("psql"))
                    .contains("psql -h localhost -p " + port + " -U message_store message_store");
            try (Connection connection = DriverManager.getConnection(url)) {
                assertThat(connection.isValid(5)).isTrue();
            }

            jvm.terminate();

            assertThat(jvm.exitCode()).isEqualTo(143);
            assertThat(jvm.remainingOutput()).doesNotContain("PostgreSQL ended");
            assertThat(PostgresServer.isFree(port)).isTrue();
        }
    }

    @Test
    void ends_with_its_server() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.run(Main.class, "--port=" + FreePort.find())) {
            String url = jvm.awaitLine("JDBC").replace("JDBC", "").trim();
            long pid = superuserPid(url);

            ProcessHandle.of(pid).orElseThrow().destroyForcibly();

            assertThat(jvm.awaitLine("ended")).isEqualTo("PostgreSQL ended without having been told to");
            assertThat(jvm.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void a_bad_option_ends_it_with_2() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.run(Main.class, "--port", "abc")) {
            jvm.awaitLine("not abc");
            assertThat(jvm.exitCode()).isEqualTo(2);
        }
    }

    @Test
    void a_port_in_use_ends_it_with_1() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ForkedJvm jvm = ForkedJvm.run(Main.class, "--port", Integer.toString(other.getLocalPort()))) {
            jvm.awaitLine("Port " + other.getLocalPort() + " is in use");
            assertThat(jvm.exitCode()).isEqualTo(1);
        }
    }

    private static long superuserPid(String url) throws Exception {
        String owner = url.replace("user=message_store", "user=postgres");
        try (Connection connection = DriverManager.getConnection(owner);
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1)")) {
            row.next();
            return Long.parseLong(row.getString(1));
        }
    }
}
