package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageDbHeaderFilterStrategyTest {

    private final MessageDbHeaderFilterStrategy filter = new MessageDbHeaderFilterStrategy();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CamelHttpUri",
                "cAMELfile",
                "org.apache.camel.x",
                "Kafka.KEY",
                "rabbitmq.ROUTING_KEY",
                "JMSReplyTo",
                "To",
                "bcc",
                "CC",
                "from",
                "Reply-To",
                "subject",
                "operationname",
                "operationNamespace",
                "breadcrumbId",
                "Camel\nX"
            })
    void what_steers_components_does_not_come_in(String name) {
        assertThat(filter.applyFilterToExternalHeaders(name, "x", null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant", "Total", "fromAccount", "subjectId", "correlationStreamName", "accountTo"})
    void other_entries_come_in(String name) {
        assertThat(filter.applyFilterToExternalHeaders(name, "x", null)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tenant", "Authorization", "Camel", "a\nb"})
    void nothing_goes_out(String name) {
        assertThat(filter.applyFilterToCamelHeaders(name, "x", null)).isTrue();
    }
}
