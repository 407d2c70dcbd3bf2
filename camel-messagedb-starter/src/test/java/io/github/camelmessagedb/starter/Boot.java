package io.github.camelmessagedb.starter;

import io.github.camelmessagedb.component.MessageDbComponent;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Applications. */
final class Boot {

    /** As if nothing that makes a data source had been added to the starter. */
    static final String STARTER_ALONE =
            "spring.autoconfigure.exclude=" + BootClasses.DATA_SOURCE + "," + BootClasses.DATA_SOURCE_OF_BOOT_3;

    private Boot() {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    static ConfigurableApplicationContext run(Class<?> configuration, String... properties) {
        return run(new Class<?>[] {configuration}, properties);
    }

    static ConfigurableApplicationContext run(Class<?>[] configurations, String... properties) {
        return new SpringApplicationBuilder(Application.class)
                .sources(configurations)
                .web(WebApplicationType.NONE)
                .properties("spring.main.banner-mode=off")
                .properties(properties)
                .run();
    }

    static String[] with(String[] properties, String another) {
        return Stream.concat(Stream.of(another), Stream.of(properties)).toArray(String[]::new);
    }

    static MessageDbComponent component(ConfigurableApplicationContext context) {
        return context.getBean(CamelContext.class).getComponent("messagedb", MessageDbComponent.class);
    }
}
