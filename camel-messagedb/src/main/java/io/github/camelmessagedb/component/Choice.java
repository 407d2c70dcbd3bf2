package io.github.camelmessagedb.component;

import java.util.Arrays;
import java.util.stream.Collectors;

/** One of the names that an option or a header can have. */
final class Choice {

    private Choice() {}

    /**
     * The constant of a name, in whatever case.
     *
     * @param what is chosen, for the error
     * @param where the name stands, for the error; empty where that is plain
     * @throws IllegalArgumentException if there is none
     */
    static <E extends Enum<E>> E of(Class<E> type, String name, String what, String where) {
        E[] all = type.getEnumConstants();
        return Arrays.stream(all)
                .filter(constant -> constant.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Bad " + what + " '" + name + "'" + where
                        + ": it must be one of "
                        + Arrays.stream(all).map(Enum::name).collect(Collectors.joining(", "))));
    }
}
