package io.github.camelmessagedb.starter;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** What the starter does beyond the options of the component. */
@ConfigurationProperties(prefix = "camel.component.messagedb")
public class MessageDbSchemaProperties {

    /**
     * Whether to install Message DB in the component's database, where it is missing, before it is first used. The embedded
     * database always has it.
     */
    private InitializeSchema initializeSchema = InitializeSchema.EMBEDDED;

    public InitializeSchema getInitializeSchema() {
        return initializeSchema;
    }

    public void setInitializeSchema(InitializeSchema initializeSchema) {
        this.initializeSchema = initializeSchema;
    }
}
