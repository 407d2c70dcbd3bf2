package io.github.camelmessagedb.component;

import java.math.BigInteger;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Typed values of headers, with errors that name the header, its value and its type. */
record HeaderValues(Function<String, @Nullable Object> headers) {

    @Nullable
    Object any(String name) {
        return headers.apply(name);
    }

    @Nullable
    String text(String name) {
        Object value = any(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw bad(name, value, "a String");
    }

    @Nullable
    Long number(String name) {
        Object value = any(name);
        if (value == null) {
            return null;
        }
        try {
            if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
                return ((Number) value).longValue();
            }
            if (value instanceof BigInteger integer) {
                return integer.longValueExact();
            }
            if (value instanceof String text) {
                return Long.valueOf(text.strip());
            }
        } catch (ArithmeticException | NumberFormatException e) {
            throw bad(name, value, "a whole number");
        }
        throw bad(name, value, "a whole number");
    }

    @Nullable
    UUID uuid(String name) {
        Object value = any(name);
        if (value == null || value instanceof UUID) {
            return (UUID) value;
        }
        if (value instanceof String text) {
            return uuid(text, "header " + name);
        }
        throw bad(name, value, "a UUID");
    }

    /** UUID.fromString takes short forms too, and makes another UUID of them. */
    static UUID uuid(String text, String where) {
        try {
            UUID uuid = UUID.fromString(text);
            if (uuid.toString().equalsIgnoreCase(text)) {
                return uuid;
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw new IllegalArgumentException(
                "Bad UUID '" + text + "' in " + where + ": it must look like 6f1c1ad4-6b5c-4a3c-9d0f-2a4f4e0c8a11");
    }

    static IllegalArgumentException bad(String name, Object value, String wanted) {
        return new IllegalArgumentException("Bad value '" + value + "' of type "
                + value.getClass().getName() + " in header " + name + ": it must be " + wanted);
    }
}
