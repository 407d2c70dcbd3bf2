package io.github.camelmessagedb.starter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.embedded.testing.MessageDbExtension;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.StreamName;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** As users of Spring Boot write it. The context must not outlive the database, therefore it is not kept for others. */
@SpringBootTest(properties = Boot.STARTER_ALONE)
@DirtiesContext
class DynamicPropertySourceIT {

    @RegisterExtension
    static final MessageDbExtension messageDb = MessageDbExtension.create();

    @DynamicPropertySource
    static void whereMessageDbIs(DynamicPropertyRegistry properties) {
        properties.add("camel.component.messagedb.jdbc-url", messageDb::jdbcUrl);
    }

    @Configuration
    @EnableAutoConfiguration
    static class Application {}

    @Autowired
    private ProducerTemplate template;

    @Test
    void the_context_writes_to_the_database_of_the_class() {
        template.sendBody("messagedb:account-1?messageType=Opened", "{}");

        assertThat(new MessageStore(messageDb.dataSource()).reader().streamVersion(StreamName.of("account-1")))
                .hasValue(0);
    }
}
