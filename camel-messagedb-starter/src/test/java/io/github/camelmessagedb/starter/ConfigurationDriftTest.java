package io.github.camelmessagedb.starter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ConfigurationDriftTest {

    private static final String CATALOG = "/META-INF/io/github/camelmessagedb/component/messagedb.json";

    @Test
    void every_option_of_the_component_is_a_property_of_its_type() throws IOException {
        Map<String, String> options = new TreeMap<>();
        try (InputStream catalog = getClass().getResourceAsStream(CATALOG)) {
            new ObjectMapper()
                    .readTree(catalog)
                    .path("componentProperties")
                    .properties()
                    .forEach(option -> options.put(option.getKey(), type(option.getValue())));
        }
        // The object that holds the endpoints' options; each of them is an option of the component by itself.
        options.remove("configuration");

        Map<String, String> properties = Arrays.stream(MessageDbComponentConfiguration.class.getDeclaredFields())
                .filter(field -> !field.isSynthetic())
                .collect(Collectors.toMap(
                        Field::getName, field -> field.getType().getSimpleName()));

        assertThat(properties).isEqualTo(options).isNotEmpty();
    }

    @Test
    void every_property_is_described_for_editors() throws IOException {
        Set<String> described = new HashSet<>();
        try (InputStream metadata = getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
            for (JsonNode property : new ObjectMapper().readTree(metadata).path("properties")) {
                if (!property.path("description").asText().isBlank()) {
                    described.add(property.path("name").asText().replace("-", ""));
                }
            }
        }

        assertThat(described)
                .containsAll(Stream.of(MessageDbComponentConfiguration.class, MessageDbSchemaProperties.class)
                        .flatMap(properties -> Arrays.stream(properties.getDeclaredFields()))
                        .filter(field -> !field.isSynthetic())
                        .map(field ->
                                "camel.component.messagedb." + field.getName().toLowerCase(Locale.ROOT))
                        .toList());
    }

    private static String type(JsonNode option) {
        String javaType = option.path("javaType").asText();
        String simpleName = javaType.substring(javaType.lastIndexOf('.') + 1);
        return switch (option.path("type").asText()) {
            case "duration" -> "Duration";
            case "object" -> "String";
            case "boolean" -> "Boolean";
            case "integer" -> simpleName.equals("int") ? "Integer" : simpleName;
            default -> simpleName;
        };
    }
}
