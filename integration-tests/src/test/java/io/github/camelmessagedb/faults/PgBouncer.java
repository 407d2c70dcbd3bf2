package io.github.camelmessagedb.faults;

import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.postgresql.ds.PGSimpleDataSource;

/** A PgBouncer in transaction mode before a test database: two connections for all of its clients. */
record PgBouncer(Process process, int port, TestDatabase database) implements AutoCloseable {

    private static final String CONFIGURATION = """
            [databases]
            %1$s = host=%2$s port=%3$d dbname=%1$s user=message_store%5$s
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = %4$d
            unix_socket_dir =
            auth_type = any
            pool_mode = transaction
            default_pool_size = 2
            server_idle_timeout = 1
            ignore_startup_parameters = extra_float_digits
            """;

    /** Where the program is, if it is. */
    static Optional<Path> program() {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin", "/usr/bin"))
                .map(directory -> Path.of(directory, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static PgBouncer start(TestDatabase database, Path directory) throws IOException {
        int port = freePort();
        Path configuration = Files.writeString(
                directory.resolve("pgbouncer.ini"),
                CONFIGURATION.formatted(database.name(), database.host(), database.port(), port, password(database)));
        List<String> command = new ArrayList<>(List.of(program().orElseThrow().toString()));
        if (System.getProperty("user.name").equals("root")) {
            // It refuses to be root.
            command.addAll(List.of("-u", "nobody"));
        }
        command.add(configuration.toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("pgbouncer.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(20)).until(() -> answers(port));
        return new PgBouncer(process, port, database);
    }

    private static String password(TestDatabase database) {
        String password = database.dataSource().getPassword();
        return password == null ? "" : " password=" + password;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Through it, as the role message_store. */
    PGSimpleDataSource dataSource(int prepareThreshold) {
        PGSimpleDataSource dataSource = database.dataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setPrepareThreshold(prepareThreshold);
        return dataSource;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
