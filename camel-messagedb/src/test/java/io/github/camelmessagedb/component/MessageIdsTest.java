package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageIdsTest {

    private static final String NAMESPACE = "5c91d196d00d45649534a0c3cac276e1";

    /** RFC 9562, section 5.5, in hexadecimal digits. */
    private static UUID version5(String name) throws Exception {
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        byte[] namespace = new BigInteger(NAMESPACE, 16).toByteArray();
        sha1.update(namespace, namespace.length - 16, 16);
        String hex = String.format("%040x", new BigInteger(1, sha1.digest(name.getBytes(StandardCharsets.UTF_8))));
        char variant = "89ab".charAt(Character.digit(hex.charAt(16), 16) & 3);
        return UUID.fromString(hex.substring(0, 8) + "-" + hex.substring(8, 12) + "-5" + hex.substring(13, 16) + "-"
                + variant + hex.substring(17, 20) + "-" + hex.substring(20, 32));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "order-1", "ä日本😀", "a#0"})
    void are_those_of_the_rfc(String name) throws Exception {
        assertThat(MessageIds.of(name)).isEqualTo(version5(name));
        assertThat(MessageIds.of(name).version()).isEqualTo(5);
        assertThat(MessageIds.of(name).variant()).isEqualTo(2);
    }

    @Test
    void are_those_of_the_rfc_for_many_names() throws Exception {
        for (int i = 0; i < 1000; i++) {
            assertThat(MessageIds.of("name" + i)).isEqualTo(version5("name" + i));
        }
    }

    /** Persisted: the same name gives the same id for ever. */
    @ParameterizedTest
    @CsvSource({
        "k1, 19cff8d2-86e8-512d-9046-69ce71dfa4d2",
        "order-1, e331d42a-82bb-56b5-8b76-067f38a1f149",
        "ä日本😀, 910c95bf-9abf-5c48-ad2d-6e13ca24ad42"
    })
    void never_change(String name, UUID id) {
        assertThat(MessageIds.of(name)).isEqualTo(id);
    }

    @Test
    void of_elements_of_a_batch_never_change() {
        assertThat(MessageIds.of("k1", 0)).isEqualTo(UUID.fromString("da1aa23b-e82c-58a0-a68d-14a76fca64d7"));
        assertThat(MessageIds.of("k1", 12)).isEqualTo(UUID.fromString("9dc5b6ca-f0da-5477-8270-23b801192201"));
    }

    @Test
    void of_elements_differ() {
        assertThat(IntStream.range(0, 1000).mapToObj(index -> MessageIds.of("k1", index)))
                .doesNotHaveDuplicates()
                .doesNotContain(MessageIds.of("k1"));
    }
}
