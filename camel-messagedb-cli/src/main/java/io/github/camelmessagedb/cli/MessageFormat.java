package io.github.camelmessagedb.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.camelmessagedb.store.StoredMessage;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** How messages are printed. */
enum MessageFormat {
    /** For people: a heading and a line for each column. */
    TEXT {
        @Override
        String print(StoredMessage message) {
            return """
                    %s, position %d, global position %d
                      type      %s
                      data      %s
                      metadata  %s
                      time      %s
                      id        %s
                    """.formatted(
                            Texts.printable(message.stream().value()),
                            message.position(),
                            message.globalPosition(),
                            Texts.printable(message.type()),
                            message.data(),
                            message.metadata(),
                            message.time(),
                            message.id());
        }
    },
    /** For programs: an object in a line, data and metadata in it as they are. */
    JSON {
        @Override
        String print(StoredMessage message) {
            StringWriter line = new StringWriter();
            try (JsonGenerator json = FACTORY.createGenerator(line)) {
                json.writeStartObject();
                json.writeStringField("id", message.id().toString());
                json.writeStringField("streamName", message.stream().value());
                json.writeStringField("type", message.type());
                json.writeNumberField("position", message.position());
                json.writeNumberField("globalPosition", message.globalPosition());
                writeRaw(json, "data", message.data());
                writeRaw(json, "metadata", message.metadata());
                json.writeStringField("time", message.time().toString());
                json.writeEndObject();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return line.toString();
        }
    };

    private static final JsonFactory FACTORY = new JsonFactory();

    abstract String print(StoredMessage message);

    private static void writeRaw(JsonGenerator json, String name, @Nullable String value) throws IOException {
        json.writeFieldName(name);
        json.writeRawValue(value == null ? "null" : value);
    }
}
