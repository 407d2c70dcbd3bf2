package io.github.camelmessagedb.embedded;

import java.io.PrintStream;
import java.util.List;

/**
 * Message DB for any program on this machine: starts an {@link EmbeddedMessageDb}, prints how to reach it and runs until
 * it is told to stop by SIGTERM or SIGINT (Ctrl-C), then stops PostgreSQL in order.
 *
 * <p>Options: {@code --port} (5433), {@code --data-directory} (a temporary one), {@code --durable}. Ends with 2 if an
 * option is wrong, and with 1 if the server cannot be started or ends without having been told to.
 *
 * @since 0.1.0
 */
public final class Main {

    private Main() {}

    /** Does not return: the JVM ends with the server. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    private static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            if (serve(ServerOptions.parse(arguments), out)) {
                return 0;
            }
            err.println("PostgreSQL ended without having been told to");
            return 1;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage() + "\n" + ServerOptions.USAGE);
            return 2;
        } catch (EmbeddedMessageDbException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    /** Answers whether it ended as it should. */
    private static boolean serve(ServerOptions options, PrintStream out) {
        EmbeddedMessageDb.Builder builder =
                EmbeddedMessageDb.builder().port(options.port()).durable(options.durable());
        if (options.dataDirectory() != null) {
            builder.dataDirectory(options.dataDirectory());
        }
        EmbeddedMessageDb messageDb = builder.start();
        out.printf("""
                Message DB on PostgreSQL %s, data in %s
                  JDBC  %s
                  psql  psql -h localhost -p %d -U message_store message_store
                Ctrl-C stops it.
                """, messageDb.serverVersion(), messageDb.dataDirectory(), messageDb.jdbcUrl(), messageDb.port());
        out.flush();
        return messageDb.awaitEnd();
    }
}
