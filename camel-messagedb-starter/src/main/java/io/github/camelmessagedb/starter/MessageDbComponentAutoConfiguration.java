package io.github.camelmessagedb.starter;

import io.github.camelmessagedb.component.MessageDbComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.ComponentConfigurationProperties;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;

/**
 * Gives the component what {@code camel.component.messagedb.*} says. The component finds the application's
 * {@code DataSource} by itself, in the application context, when it is first needed.
 */
@AutoConfiguration(after = CamelAutoConfiguration.class)
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@ConditionalOnHierarchicalProperties({"camel.component", "camel.component.messagedb"})
@EnableConfigurationProperties({ComponentConfigurationProperties.class, MessageDbComponentConfiguration.class})
public class MessageDbComponentAutoConfiguration {

    /** Configures the component when Camel makes it. */
    @Lazy
    @Bean
    public ComponentCustomizer configureMessageDbComponent(
            CamelContext context, MessageDbComponentConfiguration configuration) {
        return new ComponentCustomizer() {
            @Override
            public void configure(String name, Component target) {
                CamelPropertiesHelper.copyProperties(context, configuration, target);
            }

            @Override
            public boolean isEnabled(String name, Component target) {
                return target instanceof MessageDbComponent;
            }
        };
    }
}
