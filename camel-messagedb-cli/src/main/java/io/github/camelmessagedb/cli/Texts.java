package io.github.camelmessagedb.cli;

import java.lang.Character.UnicodeScript;
import java.util.Set;

/** Texts of other people's on a terminal. */
final class Texts {

    private static final Set<UnicodeScript> WIDE_SCRIPTS = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.YI);

    private static final int FIRST_EMOJI = 0x1F300;
    private static final int LAST_EMOJI = 0x1FAFF;
    private static final int FIRST_FULL_WIDTH = 0xFF01;
    private static final int LAST_FULL_WIDTH = 0xFF60;
    private static final int FIRST_HALF_WIDTH = 0xFF61;
    private static final int LAST_HALF_WIDTH = 0xFFDC;

    private Texts() {}

    /** Control characters as escapes: a name must not move the cursor or begin a line. */
    static String printable(String text) {
        StringBuilder printable = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                printable.append("\\u%04x".formatted(c));
            } else {
                printable.appendCodePoint(c);
            }
        });
        return printable.toString();
    }

    /** How many columns of a terminal it takes. */
    static int width(String text) {
        return text.codePoints().map(Texts::width).sum();
    }

    private static int width(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT -> 0;
            default -> isWide(c) ? 2 : 1;
        };
    }

    private static boolean isWide(int c) {
        boolean halfWidth = c >= FIRST_HALF_WIDTH && c <= LAST_HALF_WIDTH;
        return (c >= FIRST_EMOJI && c <= LAST_EMOJI)
                || (c >= FIRST_FULL_WIDTH && c <= LAST_FULL_WIDTH)
                || (!halfWidth && WIDE_SCRIPTS.contains(UnicodeScript.of(c)));
    }
}
