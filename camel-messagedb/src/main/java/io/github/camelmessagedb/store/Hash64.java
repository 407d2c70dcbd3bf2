package io.github.camelmessagedb.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Message DB's {@code hash_64}: the first eight bytes of the MD5 of the text's UTF-8 form, as a signed 64-bit integer.
 * It equals the server's only where the server's encoding is UTF8.
 */
public final class Hash64 {

    private Hash64() {}

    /** The hash of a category (its lock) or of a cardinal id (its member of a consumer group). */
    public static long of(String value) {
        return ByteBuffer.wrap(md5().digest(value.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }
}
