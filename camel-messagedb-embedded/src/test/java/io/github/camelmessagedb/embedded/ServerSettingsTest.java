package io.github.camelmessagedb.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingsTest {

    @Test
    void not_durable_means_no_fsync_and_durable_means_all_of_it() {
        assertThat(new ServerSettings(false, Map.of()).text())
                .contains("fsync = 'off'", "synchronous_commit = 'off'", "full_page_writes = 'off'");
        assertThat(new ServerSettings(true, Map.of()).text())
                .contains("fsync = 'on'", "synchronous_commit = 'on'", "full_page_writes = 'on'");
    }

    @Test
    void a_setting_given_replaces_the_default() {
        assertThat(new ServerSettings(false, Map.of("max_connections", "7")).text())
                .containsOnlyOnce("max_connections = '7'")
                .doesNotContain("200");
    }

    @Test
    void quotes_and_backslashes_are_kept() {
        assertThat(new ServerSettings(false, Map.of("a.b", "it's\\n")).text()).contains("a.b = 'it''s\\\\n'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"port", "listen_addresses", "LISTEN_ADDRESSES", "a = 1\nb", ""})
    void where_it_listens_and_names_that_are_none_are_refused(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmbeddedMessageDb.builder().serverSetting(name, "*"));
    }
}
