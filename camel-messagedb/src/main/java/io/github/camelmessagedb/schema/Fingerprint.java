package io.github.camelmessagedb.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tells whether two SQL texts are the same but for comments and the white space between words. */
final class Fingerprint {

    private static final int LENGTH = 16;

    /**
     * A comment, or the table's name before a column's, which PostgreSQL prints in a view up to version 15: they are left
     * out. Or what counts: a string, a word, any other sign.
     */
    private static final Pattern TOKEN =
            Pattern.compile("(?:--[^\n]*|/\\*.*?\\*/|\\bmessages\\.(?=\\w))|('(?:[^']|'')*'|\\w+|\\S)", Pattern.DOTALL);

    private Fingerprint() {}

    /** The first digits of the SHA-256 of what counts in a text. */
    static String of(String sql) {
        String significant = TOKEN.matcher(sql.replace("\r\n", "\n"))
                .results()
                .filter(token -> token.group(1) != null)
                .map(MatchResult::group)
                .collect(Collectors.joining(" "));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(significant.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
