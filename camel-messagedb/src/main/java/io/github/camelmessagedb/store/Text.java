package io.github.camelmessagedb.store;

/** What every text must be to be stored by PostgreSQL. */
final class Text {

    private static final int NONE = -1;

    private Text() {}

    /** Names, types and the like: the text is quoted in the error. */
    static void requireStorable(String text, String what) {
        int index = firstUnstorable(text);
        if (index != NONE) {
            throw new IllegalArgumentException("Bad " + what + " '" + printable(text) + "': "
                    + describe(text.charAt(index)) + " at index " + index + " cannot be stored");
        }
    }

    /** Content: the text stays out of the error. */
    static void requireStorableContent(String text, String what) {
        int index = firstUnstorable(text);
        if (index != NONE) {
            throw new IllegalArgumentException(
                    "The " + what + " has " + describe(text.charAt(index)) + " at index " + index);
        }
    }

    static void requireNotEmpty(String text, String what) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("The " + what + " is empty");
        }
        requireStorable(text, what);
    }

    private static int firstUnstorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return i;
            }
            // The driver would send a question mark for half of a pair, silently.
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return i;
                }
                i++;
            }
        }
        return NONE;
    }

    private static String describe(char c) {
        return c == 0 ? "a NUL character" : "half of a surrogate pair";
    }

    private static String printable(String text) {
        return text.replace('\0', '\u2400').replaceAll("\\p{Cs}", "\uFFFD");
    }
}
