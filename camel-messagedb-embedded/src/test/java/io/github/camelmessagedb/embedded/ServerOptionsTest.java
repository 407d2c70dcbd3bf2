package io.github.camelmessagedb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerOptionsTest {

    @Test
    void without_options_it_is_port_5433_and_nothing_is_kept() {
        assertThat(parse()).isEqualTo(new ServerOptions(5433, null, false));
    }

    @Test
    void a_value_follows_its_option_or_an_equals_sign() {
        assertThat(parse("--port", "6000", "--data-directory=a b", "--durable"))
                .isEqualTo(new ServerOptions(6000, Path.of("a b"), true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "0", "65536", "-1", "99999999999"})
    void a_bad_port_is_named(String port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--port", port))
                .withMessageContaining(port);
    }

    @Test
    void an_unknown_option_is_named() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parse("--prot", "1"))
                .withMessageContaining("--prot");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--data-directory", "--port=", "--data-directory="})
    void a_missing_value_is_an_error(String option) {
        assertThatIllegalArgumentException().isThrownBy(() -> parse(option)).withMessageContaining("needs a value");
    }

    private static ServerOptions parse(String... arguments) {
        return ServerOptions.parse(List.of(arguments));
    }
}
