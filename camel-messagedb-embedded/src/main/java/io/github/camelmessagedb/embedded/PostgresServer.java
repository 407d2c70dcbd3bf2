package io.github.camelmessagedb.embedded;

import io.github.camelmessagedb.embedded.PostgresPrograms.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One PostgreSQL on one data directory: initialises, starts and stops it. */
final class PostgresServer {

    static final String SUPERUSER = "postgres";

    private static final Duration START_PATIENCE = Duration.ofSeconds(120);
    private static final int PATIENCE_WITH_REMAINS = 50;
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final PostgresPrograms programs;
    private final DataDirectory directory;

    PostgresServer(PostgresPrograms programs, DataDirectory directory) {
        this.programs = programs;
        this.directory = directory;
    }

    /** Makes the cluster if there is none, under another name first: a killed attempt leaves nothing half done. */
    void initialise(boolean durable) throws IOException {
        if (Files.exists(directory.pgData())) {
            return;
        }
        Path unfinished = directory.path().resolve("data.unfinished");
        Directories.delete(unfinished);
        Ended initdb = programs.run(
                "initdb",
                List.of(
                        "--pgdata=" + unfinished,
                        "--username=" + SUPERUSER,
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--locale=C",
                        durable ? "--data-checksums" : "--no-sync"));
        if (initdb.exitCode() != 0) {
            throw new EmbeddedMessageDbException("PostgreSQL's initdb failed:\n" + initdb.output());
        }
        Files.move(unfinished, directory.pgData(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns when it accepts connections. */
    void start(int port) throws IOException {
        if (!isFree(port)) {
            throw new EmbeddedMessageDbException("Port " + port + " is in use by another program");
        }
        Postmaster.removeStaleFile(directory.pgData());
        Ended start = launch(port);
        for (int attempt = 1; start.exitCode() != 0 && attempt < PATIENCE_WITH_REMAINS && hasRemains(); attempt++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            start = launch(port);
        }
        if (start.exitCode() != 0) {
            stop(StopMode.IMMEDIATE);
            throw new EmbeddedMessageDbException(
                    "PostgreSQL did not start on port %d:\n%s%s".formatted(port, start.output(), directory.logTail()));
        }
    }

    private Ended launch(int port) throws IOException {
        Files.deleteIfExists(directory.log());
        return pgCtl(START_PATIENCE, "start", "-l", directory.log().toString(), "-o", "-p " + port);
    }

    /** The sessions of a killed server take a moment to notice that it is gone. */
    private boolean hasRemains() throws IOException {
        return directory.logTail().contains("pre-existing shared memory block");
    }

    /** Stops a server if one runs; whoever does not obey in good time is stopped harder. */
    void stop(StopMode mode) {
        stop(mode, STOP_PATIENCE);
    }

    void stop(StopMode mode, Duration patience) {
        Optional<ProcessHandle> process = process();
        if (process.isEmpty()) {
            return;
        }
        Ended stop = pgCtl(patience, "stop", "-m", mode.option());
        if (stop.exitCode() == 0) {
            return;
        }
        if (mode == StopMode.IMMEDIATE) {
            process.get().destroyForcibly();
        } else {
            stop(mode == StopMode.SMART ? StopMode.FAST : StopMode.IMMEDIATE, STOP_PATIENCE);
        }
    }

    Optional<ProcessHandle> process() {
        return Postmaster.of(directory.pgData());
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private Ended pgCtl(Duration patience, String action, String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(0, List.of(action, "-D", directory.pgData().toString(), "-w"));
        arguments.addAll(List.of("-t", Long.toString(patience.toSeconds())));
        return programs.run("pg_ctl", arguments);
    }
}
