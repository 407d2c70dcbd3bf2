package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamVersionsTest {

    private final StreamVersions versions = new StreamVersions();

    @Test
    void what_was_learned_last_is_known_and_nothing_of_other_streams() {
        versions.learn(List.of("account-1", "account-2"), new Long[] {4L, 0L});
        versions.learn(List.of("account-2"), new Long[] {3L});

        assertThat(versions.of(List.of("account-2", "account-3", "account-1"))).containsExactly(3L, null, 4L);
    }

    @Test
    void a_version_that_is_not_known_changes_nothing() {
        versions.learn(List.of("account-1"), new Long[] {4L});
        versions.learn(List.of("account-1"), new Long[] {null});

        assertThat(versions.of(List.of("account-1"))).containsExactly(4L);
    }

    @Test
    void those_that_were_not_written_to_for_longest_are_forgotten() {
        versions.learn(List.of("account-0", "account-1"), new Long[] {7L, 8L});
        IntStream.range(0, StreamVersions.MOST - 2)
                .forEach(i -> versions.learn(List.of("other-" + i), new Long[] {0L}));
        assertThat(versions.of(List.of("account-0"))).containsExactly(7L);

        versions.learn(List.of("another"), new Long[] {0L});

        assertThat(versions.of(List.of("account-0", "account-1", "other-0"))).containsExactly(7L, null, 0L);
    }
}
