package io.github.camelmessagedb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The tables of the component's page are made from the catalog. After a change of options or headers, renew them with
 * {@code -Ddocs.update=true}.
 */
class ComponentPageTest {

    private static final Path PAGE = Path.of("../docs/component.md");
    private static final Path CATALOG = Path.of("src/generated/resources/META-INF/io/github/camelmessagedb/component");

    @Test
    void tables_are_what_the_catalog_says() throws IOException {
        String page = Files.readString(PAGE);
        String renewed = renewed(page);
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(PAGE, renewed);
            return;
        }
        assertThat(page)
                .as(
                        "docs/component.md is stale; build camel-messagedb with -Ddocs.update=true and commit what it wrote")
                .isEqualTo(renewed);
    }

    private static String renewed(String page) throws IOException {
        JsonNode catalog = new ObjectMapper().readTree(Files.readString(find()));
        JsonNode endpoint = catalog.path("properties");
        JsonNode component = catalog.path("componentProperties");
        String renewed = page;
        for (var table : List.of(
                Map.entry("consumer options", options(endpoint, inGroup("consumer"))),
                Map.entry("common options", options(endpoint, inGroup("common").and(it -> !isPath(it)))),
                Map.entry("producer options", options(endpoint, inGroup("producer"))),
                Map.entry("advanced options", options(endpoint, it -> group(it).contains("advanced"))),
                Map.entry("component options", options(component, it -> !endpoint.has(it.name()) || !isInherited(it))),
                Map.entry("consumer headers", headers(catalog.path("headers"), "consumer")),
                Map.entry("producer headers", headers(catalog.path("headers"), "producer")))) {
            renewed = replace(renewed, table.getKey(), table.getValue());
        }
        return renewed;
    }

    private static Path find() throws IOException {
        try (var files = Files.list(CATALOG)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private record Option(String name, JsonNode json) {}

    private static String group(Option option) {
        return option.json().path("group").asText();
    }

    private static Predicate<Option> inGroup(String group) {
        return option -> group(option).equals(group);
    }

    private static boolean isPath(Option option) {
        return option.json().path("kind").asText().equals("path");
    }

    /** An endpoint option that the component has as a default for its endpoints. */
    private static boolean isInherited(Option option) {
        return option.json().has("configurationField");
    }

    private static String options(JsonNode properties, Predicate<Option> wanted) {
        return properties.properties().stream()
                .map(entry -> new Option(entry.getKey(), entry.getValue()))
                .filter(wanted)
                .map(option -> "| `%s` | %s | %s | %s |"
                        .formatted(option.name(), type(option.json()), value(option.json()), text(option.json())))
                .collect(Collectors.joining(
                        "\n", "| option | type | default | meaning |\n| --- | --- | --- | --- |\n", "\n"));
    }

    private static String headers(JsonNode headers, String label) {
        return headers.properties().stream()
                .filter(entry -> entry.getValue().path("label").asText().equals(label))
                .map(entry -> "| `%s` | %s | %s |"
                        .formatted(entry.getKey(), javaType(entry.getValue()), text(entry.getValue())))
                .collect(Collectors.joining("\n", "| header | type | meaning |\n| --- | --- | --- |\n", "\n"));
    }

    private static String type(JsonNode option) {
        if (option.has("enum")) {
            return option.path("enum").valueStream().map(JsonNode::asText).collect(Collectors.joining(", "));
        }
        String type = option.path("type").asText();
        return type.equals("object") ? javaType(option) : type;
    }

    private static String javaType(JsonNode json) {
        String type = json.path("javaType").asText();
        return "`" + type.replaceAll("\\b[a-z][a-z0-9]*\\.", "") + "`";
    }

    private static String value(JsonNode option) {
        if (!option.has("defaultValue")) {
            return "";
        }
        String value = option.path("defaultValue").asText();
        return option.path("type").asText().equals("duration") ? value + " ms" : value;
    }

    private static String text(JsonNode json) {
        String text = json.path("description").asText();
        String sentence = text.endsWith(".") ? text : text + ".";
        return (json.path("secret").asBoolean() ? "Secret. " : "") + sentence.replace("|", "\\|");
    }

    private static String replace(String page, String name, String table) {
        String begin = "<!-- " + name + ", made from the catalog -->\n";
        String end = "<!-- end -->";
        int from = page.indexOf(begin);
        assertThat(from).as("The page has a place for the table '%s'", name).isNotNegative();
        int to = page.indexOf(end, from);
        return page.substring(0, from + begin.length()) + table + page.substring(to);
    }
}
