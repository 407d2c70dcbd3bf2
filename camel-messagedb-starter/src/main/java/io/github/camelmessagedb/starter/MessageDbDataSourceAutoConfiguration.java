package io.github.camelmessagedb.starter;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import javax.sql.DataSource;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/**
 * The application's {@code DataSource}, where it has none and says of none: that of a container with Message DB, or an
 * embedded PostgreSQL, as Boot makes one of H2. It is for the whole application, so that what it keeps in tables of its own
 * can be in one transaction with its messages.
 */
@AutoConfiguration(beforeName = {BootClasses.DATA_SOURCE, BootClasses.DATA_SOURCE_OF_BOOT_3})
@ConditionalOnHierarchicalProperties({"camel.component", "camel.component.messagedb"})
@ConditionalOnMissingBean(DataSource.class)
public class MessageDbDataSourceAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(MessageDbConnectionDetails.class)
    static class Connected {

        @Bean
        DataSource messageDbDataSource(MessageDbConnectionDetails connection) {
            HikariConfig pool = new HikariConfig();
            pool.setJdbcUrl(connection.jdbcUrl());
            pool.setUsername(connection.username());
            pool.setPassword(connection.password());
            return new HikariDataSource(pool);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(EmbeddedMessageDb.class)
    @ConditionalOnMissingBean(
            value = MessageDbConnectionDetails.class,
            type = {BootClasses.JDBC_CONNECTION, BootClasses.JDBC_CONNECTION_OF_BOOT_3})
    @Conditional(NothingIsConfigured.class)
    static class Embedded {

        private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMessageDb.class);

        @Lazy
        @Bean
        @ConditionalOnMissingBean
        EmbeddedMessageDb embeddedMessageDb() {
            EmbeddedMessageDb database = EmbeddedMessageDb.start();
            LOG.warn(
                    "No data source is configured: using an embedded database at {}, for development only. What is written"
                            + " to it is gone when the program ends. For another one set spring.datasource.url, or"
                            + " camel.component.messagedb.jdbc-url",
                    database.jdbcUrl());
            return database;
        }

        /** Of the owner, for the application may want tables of its own. */
        @Lazy
        @Bean
        DataSource messageDbDataSource(EmbeddedMessageDb database) {
            return database.ownerDataSource();
        }
    }

    static class NothingIsConfigured extends NoneNestedConditions {

        NothingIsConfigured() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("spring.datasource.url")
        static class Url {}

        @ConditionalOnProperty("spring.datasource.jndi-name")
        static class JndiName {}

        @ConditionalOnProperty("spring.datasource.embedded-database-connection")
        static class AnotherEmbedded {}

        @ConditionalOnProperty("camel.component.messagedb.jdbc-url")
        static class UrlOfComponent {}
    }
}
