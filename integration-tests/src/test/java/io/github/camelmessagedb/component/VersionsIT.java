package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** That a run on another Camel is one. */
class VersionsIT {

    @Test
    void camel_is_of_the_version_that_was_asked_for() {
        assertThat(new DefaultCamelContext().getVersion()).isEqualTo(System.getProperty("camel.test.version"));
    }

    @Test
    void the_component_is_the_jar_of_this_build() throws Exception {
        Path jar = Path.of(MessageDbComponent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());

        assertThat(jar.toRealPath())
                .isRegularFile()
                .isEqualTo(Path.of(System.getProperty("messagedb.jar")).toRealPath());
    }
}
