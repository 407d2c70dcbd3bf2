package io.github.camelmessagedb.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What an application has that sets only the component's URL, with spring-boot-starter-jdbc on its class path. */
@ExtendWith(OutputCaptureExtension.class)
class DataSourceWithoutUrlIT {

    private static final String URL = "camel.component.messagedb.jdbc-url=jdbc:postgresql://localhost:1/message_store";

    @Test
    void is_told_to_set_the_url_of_the_application(CapturedOutput output) {
        assertThatThrownBy(() -> Boot.run(Boot.Application.class, URL)).hasStackTraceContaining("DataSource");

        assertThat(output)
                .contains("APPLICATION FAILED TO START")
                .contains("camel.component.messagedb.jdbc-url is for the component alone")
                .contains("Set spring.datasource.url")
                .containsPattern("spring.autoconfigure.exclude=\\S+DataSourceAutoConfiguration");
    }

    @Test
    void starts_without_the_data_source_of_the_application() {
        Boot.run(Boot.Application.class, URL, Boot.STARTER_ALONE).close();
    }
}
