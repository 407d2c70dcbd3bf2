package io.github.camelmessagedb.embedded;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;

/** Starts a server, says where, and ends without closing it, in the way of the first argument. */
final class StartAndEnd {

    private StartAndEnd() {}

    public static void main(String[] arguments) throws Exception {
        EmbeddedMessageDb.Builder builder = EmbeddedMessageDb.builder();
        if (arguments.length > 1) {
            builder.dataDirectory(Path.of(arguments[1]));
        }
        EmbeddedMessageDb messageDb = builder.start();
        Sql.write(messageDb.dataSource(), "thing-1");
        System.out.println("pid=" + messageDb.serverPid());
        System.out.println("directory=" + messageDb.dataDirectory());
        switch (arguments[0]) {
            case "save" -> saveAtTheEnd(messageDb.dataSource().getConnection());
            case "exit" -> System.exit(3);
            case "wait" -> new CountDownLatch(1).await();
            default -> {
                // "return": the JVM ends by itself.
            }
        }
    }

    /** As an application that has work to finish when the JVM ends. */
    private static void saveAtTheEnd(Connection connection) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try (connection;
                    Statement statement = connection.createStatement()) {
                for (int i = 0; i < 2000; i++) {
                    statement.execute("SELECT write_message(gen_random_uuid()::varchar, 'thing-1', 'Happened', '{}')");
                }
                System.out.println("saved");
            } catch (SQLException e) {
                System.out.println(e.getMessage());
            }
        }));
    }
}
