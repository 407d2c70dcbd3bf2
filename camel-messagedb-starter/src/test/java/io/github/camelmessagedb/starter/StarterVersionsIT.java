package io.github.camelmessagedb.starter;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

/** That a run on another Camel and Spring Boot is one. */
class StarterVersionsIT {

    @Test
    void camel_and_spring_boot_are_of_the_versions_that_were_asked_for() {
        assertThat(new DefaultCamelContext().getVersion()).isEqualTo(System.getProperty("camel.test.version"));
        assertThat(SpringBootVersion.getVersion()).isEqualTo(System.getProperty("spring-boot.test.version"));
    }

    @Test
    void the_starter_is_the_jar_of_this_build() {
        assertThat(MessageDbComponentAutoConfiguration.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath())
                .endsWith("/target/" + System.getProperty("messagedb.starter"));
    }
}
