package io.github.camelmessagedb.starter;

import io.github.camelmessagedb.component.MessageDbComponent;
import io.github.camelmessagedb.store.ConnectionStrategy;
import javax.sql.DataSource;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.springframework.context.ApplicationContext;

/**
 * Sets on a component what the properties say, and of what they leave open what the application has as beans.
 *
 * @param beans the application's
 * @param configuration the options of the component
 * @param initializeSchema what is done with the component's data source before it is used
 */
record MessageDbCustomizer(
        ApplicationContext beans, MessageDbComponentConfiguration configuration, InitializeSchema initializeSchema)
        implements ComponentCustomizer {

    @Override
    public boolean isEnabled(String name, Component target) {
        return target instanceof MessageDbComponent;
    }

    @Override
    public void configure(String name, Component target) {
        MessageDbComponent component = (MessageDbComponent) target;
        CamelPropertiesHelper.copyProperties(component.getCamelContext(), configuration, component);
        if (component.getConnectionStrategy() == ConnectionStrategy.PLAIN) {
            beans.getBeanProvider(ConnectionStrategy.class).ifUnique(component::setConnectionStrategy);
        }
        // Of several the primary one, as everywhere in Spring. Where there is none the component names them all.
        if (isToFindDataSource(component)) {
            beans.getBeanProvider(DataSource.class).ifUnique(component::setDataSource);
        }
        component.prepareDataSourceBy(initializeSchema::prepare);
    }

    private static boolean isToFindDataSource(MessageDbComponent component) {
        return component.getDataSource() == null
                && component.getJdbcUrl() == null
                && component.getUsername() == null
                && component.getPassword() == null
                && component.isAutowiredEnabled()
                && component.getCamelContext().isAutowiredEnabled();
    }
}
