package io.github.camelmessagedb.store;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What {@code write_message} is made of, as the original Message DB has it, since 1.1.6 at the latest, and as ours has it.
 * Whoever writes past it must know that it, and all that it calls, is one of these.
 */
enum StockFunctions {
    ACQUIRE_LOCK("1043", "94f59986417934a6e8f64c585ab397ef", "ae2472fab38774aed3f9d519630a0a55"),
    CATEGORY("1043", "96e40a2737a024cedf2041589ac0a813", "fdc4e3517b3dc129d3f4817589a1052f"),
    HASH_64("1043", "2a989c563b5ce83b82f480249f122295", "751ae18bfad244e6626616511ce850ff"),
    STREAM_VERSION("1043", "04aac114a6227ce7fefcb0e96db3ec80", "542b5e4afb306b013209acd9651e8a32"),
    WRITE_MESSAGE(
            "1043 1043 1043 3802 3802 20", "7beb82b443d965a6456823a9bebb979d", "e3acf8a163b7bf6b9f83dac0745b4302");

    private final String argumentTypes;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes one that cannot be changed.
    private final List<String> digests;

    /**
     * Where its text is.
     *
     * @param argumentTypes the numbers of the types of its arguments: those of PostgreSQL's own never change
     * @param digests the MD5 of its texts, byte for byte
     */
    StockFunctions(String argumentTypes, String... digests) {
        this.argumentTypes = argumentTypes;
        this.digests = List.of(digests);
    }

    static List<String> names() {
        return Stream.of(values()).map(StockFunctions::functionName).toList();
    }

    /** Name, arguments and digest, of each text that is known. */
    static List<String> known() {
        return Stream.of(values())
                .flatMap(function -> function.digests.stream()
                        .map(digest -> function.functionName() + " " + function.argumentTypes + " " + digest))
                .toList();
    }

    private String functionName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
