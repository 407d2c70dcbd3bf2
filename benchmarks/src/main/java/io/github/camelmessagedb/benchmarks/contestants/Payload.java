package io.github.camelmessagedb.benchmarks.contestants;

import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** What all contestants write: data of 300 characters, metadata of 100. */
public final class Payload {

    /** With a blank after each colon: pgbench would take a colon and a name for a variable. */
    public static final String DATA =
            "{\"account\": \"7c1a6f52\", \"amount\": 1250, \"currency\": \"EUR\", \"note\": \"" + "x".repeat(226)
                    + "\"}";

    public static final String METADATA = "{\"properties\": {\"origin\": \"" + "y".repeat(69) + "\"}}";

    /** The same, for those who take no text. */
    public static final Map<String, Object> METADATA_MAP = Map.of("properties", Map.of("origin", "y".repeat(69)));

    public static final String TYPE = "Benchmarked";

    /** What {@link #data} has beside the note. */
    static final int AROUND_NOTE = 12;

    private Payload() {}

    /** Data of so many characters, in which PostgreSQL's compression finds nothing. */
    public static String data(int characters) {
        String note = new Random(characters)
                .ints(characters - AROUND_NOTE, 0, 16)
                .mapToObj(Integer::toHexString)
                .collect(Collectors.joining());
        return "{\"note\": \"" + note + "\"}";
    }
}
