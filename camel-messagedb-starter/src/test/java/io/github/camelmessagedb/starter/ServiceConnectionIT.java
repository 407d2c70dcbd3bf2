package io.github.camelmessagedb.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import javax.sql.DataSource;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.testcontainers.context.ImportTestcontainers;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The database of a container with {@code @ServiceConnection}. */
class ServiceConnectionIT {

    private static final String IMAGE = "ethangarofolo/message-db";

    @Configuration(proxyBeanMethods = false)
    @ImportTestcontainers(MessageDbImage.class)
    static class OfMessageDb {}

    interface MessageDbImage {
        @ServiceConnection
        GenericContainer<?> MESSAGE_DB = new GenericContainer<>(IMAGE).withExposedPorts(5432);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportTestcontainers(PostgresImage.class)
    static class OfPostgres {}

    interface PostgresImage {
        @ServiceConnection
        PostgreSQLContainer POSTGRES = new PostgreSQLContainer("postgres:17-alpine");
    }

    /** What runs in the container of Message DB's image runs here, so that no Docker is needed. */
    @Configuration(proxyBeanMethods = false)
    @ImportTestcontainers(NoContainer.class)
    static class WithoutDocker {}

    interface NoContainer {
        @ServiceConnection
        GenericContainer<?> MESSAGE_DB = new Elsewhere();
    }

    /** Of a container that is a bean Boot does not know the image. */
    @Configuration(proxyBeanMethods = false)
    static class BeanWithoutDocker {
        @Bean
        @ServiceConnection(name = IMAGE)
        GenericContainer<?> messageDb() {
            return new Elsewhere();
        }
    }

    private static final class Elsewhere extends GenericContainer<Elsewhere> {

        private EmbeddedMessageDb server;

        Elsewhere() {
            super(IMAGE);
        }

        @Override
        public void start() {
            server = EmbeddedMessageDb.start();
        }

        @Override
        public void stop() {
            server.close();
        }

        @Override
        public String getDockerImageName() {
            return IMAGE;
        }

        @Override
        public String getHost() {
            return "localhost";
        }

        @Override
        public Integer getMappedPort(int originalPort) {
            return server.port();
        }
    }

    private static void assertWrites(ConfigurableApplicationContext context, String user) {
        context.getBean(ProducerTemplate.class).sendBody("messagedb:account-1?messageType=Opened", "{}");

        JdbcTemplate jdbc = new JdbcTemplate(context.getBean(DataSource.class));
        assertThat(jdbc.queryForObject("SELECT count(*) FROM message_store.messages", Integer.class))
                .isEqualTo(1);
        assertThat(jdbc.queryForObject("SELECT current_user", String.class)).isEqualTo(user);
    }

    private static void assumeDocker() {
        assumeTrue(DockerClientFactory.instance().isDockerAvailable(), "A container needs Docker, which is not there");
    }

    @ParameterizedTest
    @ValueSource(classes = {WithoutDocker.class, BeanWithoutDocker.class})
    void database_and_user_of_the_message_db_image_are_known(Class<?> configuration) {
        try (ConfigurableApplicationContext context = Boot.run(configuration)) {
            assertWrites(context, "message_store");
        }
    }

    @Test
    void the_starter_alone_makes_the_pool_for_it() {
        try (ConfigurableApplicationContext context = Boot.run(WithoutDocker.class, Boot.STARTER_ALONE)) {
            assertWrites(context, "message_store");
        }
    }

    @Test
    void a_container_of_the_message_db_image_is_used() {
        assumeDocker();
        try (ConfigurableApplicationContext context = Boot.run(OfMessageDb.class)) {
            assertWrites(context, "message_store");
        }
    }

    @Test
    void a_container_of_postgres_is_used_and_gets_message_db() {
        assumeDocker();
        try (ConfigurableApplicationContext context =
                Boot.run(OfPostgres.class, "camel.component.messagedb.initialize-schema=always")) {
            assertWrites(context, "test");
        }
    }
}
