package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of meters is made from the code; renew it with {@code -Ddocs.update=true}. */
class MeterTableTest {

    private static final Path PAGE = Path.of("../docs/observability.md");
    private static final String BEGIN = "<!-- meters, made from the code -->\n";
    private static final String END = "<!-- end -->";

    @Test
    void is_what_the_code_registers() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(BEGIN) + BEGIN.length();
        String renewed = page.substring(0, from) + table() + page.substring(page.indexOf(END, from));
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(PAGE, renewed);
            return;
        }
        assertThat(page)
                .as("docs/observability.md is stale; build camel-messagedb with -Ddocs.update=true")
                .isEqualTo(renewed);
    }

    private static String table() {
        return Arrays.stream(MessageDbMeter.values())
                .map(meter -> "| `%s` | %s | %s |".formatted(meter.id(), meter.kind(), meter.description()))
                .collect(Collectors.joining("\n", "| meter | kind | what |\n| --- | --- | --- |\n", "\n"));
    }
}
