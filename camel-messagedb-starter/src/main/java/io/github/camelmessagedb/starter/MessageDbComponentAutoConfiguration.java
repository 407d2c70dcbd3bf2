package io.github.camelmessagedb.starter;

import io.github.camelmessagedb.store.ConnectionStrategy;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.ComponentConfigurationProperties;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Gives the component what {@code camel.component.messagedb.*} says, the application's {@code DataSource}, and Spring's
 * transactions. What the application has set itself stays.
 */
@AutoConfiguration(
        after = CamelAutoConfiguration.class,
        afterName = {BootClasses.DATA_SOURCE, BootClasses.DATA_SOURCE_OF_BOOT_3})
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@ConditionalOnHierarchicalProperties({"camel.component", "camel.component.messagedb"})
@EnableConfigurationProperties({
    ComponentConfigurationProperties.class,
    MessageDbComponentConfiguration.class,
    MessageDbSchemaProperties.class
})
public class MessageDbComponentAutoConfiguration {

    /** Configures the component when Camel makes it. */
    @Lazy
    @Bean
    public ComponentCustomizer configureMessageDbComponent(
            ApplicationContext beans, MessageDbComponentConfiguration configuration, MessageDbSchemaProperties schema) {
        return new MessageDbCustomizer(beans, configuration, schema.getInitializeSchema());
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DataSourceUtils.class)
    static class SpringTransactions {

        @Bean
        @ConditionalOnMissingBean
        ConnectionStrategy messageDbConnectionStrategy() {
            return new SpringConnections();
        }
    }
}
