package io.github.camelmessagedb.embedded;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The options of {@link Main}. */
record ServerOptions(int port, @Nullable Path dataDirectory, boolean durable) {

    static final String USAGE = """
            Options:
              --port PORT             the port on the loopback interface (5433)
              --data-directory PATH   where the data is kept (a temporary directory, removed at the end)
              --durable               committed messages outlive a crash of the machine
            """;

    private static final int DEFAULT_PORT = 5433;
    private static final int MAX_PORT = 65535;

    /**
     * Takes {@code --option value} and {@code --option=value}.
     *
     * @throws IllegalArgumentException naming what is wrong
     */
    static ServerOptions parse(List<String> arguments) {
        int port = DEFAULT_PORT;
        Path dataDirectory = null;
        boolean durable = false;
        Deque<String> left = split(arguments);
        while (!left.isEmpty()) {
            String option = left.pop();
            switch (option) {
                case "--port" -> port = port(value(option, left));
                case "--data-directory" -> dataDirectory = Path.of(value(option, left));
                case "--durable" -> durable = true;
                default -> throw new IllegalArgumentException("Unknown option: " + option);
            }
        }
        return new ServerOptions(port, dataDirectory, durable);
    }

    private static Deque<String> split(List<String> arguments) {
        Deque<String> split = new ArrayDeque<>();
        for (String argument : arguments) {
            boolean withValue = argument.startsWith("--") && argument.contains("=");
            split.addAll(withValue ? List.of(argument.split("=", 2)) : List.of(argument));
        }
        return split;
    }

    private static String value(String option, Deque<String> left) {
        if (left.isEmpty() || left.peek().isEmpty() || left.peek().startsWith("--")) {
            throw new IllegalArgumentException("The option " + option + " needs a value");
        }
        return left.pop();
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("The option --port needs a number from 1 to 65535, not " + text);
    }
}
