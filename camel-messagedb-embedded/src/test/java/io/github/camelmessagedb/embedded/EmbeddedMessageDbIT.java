package io.github.camelmessagedb.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EmbeddedMessageDbIT {

    @Test
    void starts_the_postgresql_on_the_class_path() {
        try (EmbeddedMessageDb messageDb = EmbeddedMessageDb.start()) {
            assertThat(messageDb.postgresMajor()).isGreaterThanOrEqualTo(15);
        }
    }
}
