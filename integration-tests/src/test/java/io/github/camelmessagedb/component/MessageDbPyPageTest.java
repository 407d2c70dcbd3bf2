package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The page's snippets are those that are compiled and run. After a change, renew them with {@code -Ddocs.update=true}. */
class MessageDbPyPageTest {

    @Test
    void snippets_are_those_of_the_sources() throws IOException {
        String page = MessageDbPyPage.text();
        String renewed = MessageDbPyPage.renewed(page, MessageDbPyPage.snippets());
        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(MessageDbPyPage.FILE, renewed);
            return;
        }
        assertThat(page)
                .as("docs/from-message-db-py.md is stale; build integration-tests with -Ddocs.update=true")
                .isEqualTo(renewed);
    }

    @Test
    void each_snippet_is_on_the_page_once_and_all_java_on_it_is_a_snippet() throws IOException {
        String page = MessageDbPyPage.text();

        assertThat(MessageDbPyPage.names(page))
                .containsExactlyInAnyOrderElementsOf(MessageDbPyPage.snippets().keySet())
                .hasSize(page.split("```java", -1).length - 1);
    }
}
