package io.github.camelmessagedb.component;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;

/** Between values in Java and JSON text. Text, bytes and streams are taken to be JSON already. */
final class JsonBody {

    private final CamelContext context;
    private final ObjectMapper mapper;

    /** With the registry's object mapper for objects, if it has just one. */
    JsonBody(CamelContext context) {
        this.context = context;
        Set<ObjectMapper> mappers = context.getRegistry().findByType(ObjectMapper.class);
        this.mapper = mappers.size() == 1
                ? mappers.iterator().next()
                : JsonMapper.builder()
                        .findAndAddModules()
                        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                        .build();
    }

    /** @throws IllegalArgumentException if there is no value, or it cannot be turned into text */
    String text(@Nullable Object value, String what) {
        if (value == null) {
            throw new IllegalArgumentException("The " + what + " is null: give JSON, such as {}");
        }
        if (value instanceof StreamCache cache) {
            // It may have been read before, and may have to be read again.
            cache.reset();
            String text = textOf(value, what);
            cache.reset();
            return text;
        }
        return textOf(value, what);
    }

    private String textOf(Object value, String what) {
        try {
            if (value instanceof CharSequence text) {
                return text.toString();
            }
            if (value instanceof byte[] bytes) {
                return utf8(bytes, what);
            }
            if (value instanceof Reader reader) {
                StringWriter text = new StringWriter();
                reader.transferTo(text);
                return text.toString();
            }
            if (isBinary(value)) {
                return utf8(context.getTypeConverter().mandatoryConvertTo(byte[].class, value), what);
            }
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "The " + what + ", of type " + value.getClass().getName() + ", cannot be turned into JSON"
                            + reason(e)
                            + ": give a text that is JSON, or a Map, a List or an object with properties that can",
                    e);
        } catch (IOException | NoTypeConversionAvailableException e) {
            throw new IllegalArgumentException(
                    "The " + what + ", of type " + value.getClass().getName() + ", cannot be read: " + e.getMessage(),
                    e);
        }
    }

    private static boolean isBinary(Object value) {
        return value instanceof InputStream
                || value instanceof ByteBuffer
                || value instanceof StreamCache
                || value instanceof WrappedFile
                || value instanceof java.io.File
                || value instanceof java.nio.file.Path;
    }

    /** A replacement character in place of what is not UTF-8 would change the message. */
    private static String utf8(byte[] bytes, String what) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("The " + what + " is not UTF-8, as JSON has to be");
        }
    }

    /** Others of Jackson's messages may quote what is in the value. */
    private static String reason(JsonProcessingException e) {
        return e instanceof InvalidDefinitionException ? " (" + e.getOriginalMessage() + ")" : "";
    }
}
