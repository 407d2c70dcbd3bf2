package io.github.camelmessagedb.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Checks that a text is one JSON value, without building anything from it and without naming its content. */
final class Json {

    /** PostgreSQL has no limit on depth, on the length of a text or on the digits of a number; its own limit is 1 GB. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, false)
            .build();

    private Json() {}

    static void requireValid(String text, String what) {
        check(text, what, false);
    }

    static void requireObject(String text, String what) {
        check(text, what, true);
    }

    /** The text, number or boolean of an object's entry, as a text; null where there is none. */
    static @Nullable String entry(String json, String name) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals(name);
                JsonToken value = parser.nextToken();
                if (found) {
                    return value.isScalarValue() && value != JsonToken.VALUE_NULL ? parser.getText() : null;
                }
                parser.skipChildren();
            }
            return null;
        } catch (IOException e) {
            // Its own message would quote the content.
            throw new IllegalArgumentException("The text is not valid JSON");
        }
    }

    private static void check(String text, String what, boolean objectOnly) {
        Text.requireStorableContent(text, what);
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw new IllegalArgumentException("The " + what + " is empty: it must be JSON");
            }
            if (objectOnly && first != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("The " + what + " must be a JSON object");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw new IllegalArgumentException("The " + what + " has more than one JSON value");
            }
        } catch (JsonProcessingException e) {
            // Jackson's own message and cause would quote the content.
            throw new IllegalArgumentException("The " + what + " is not valid JSON: see line "
                    + e.getLocation().getLineNr() + ", column "
                    + e.getLocation().getColumnNr()
                    + ". A text is taken to be JSON as it is; to write one as a JSON string, put it in quotes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
