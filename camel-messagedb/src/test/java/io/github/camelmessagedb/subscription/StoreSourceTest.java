package io.github.camelmessagedb.subscription;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelmessagedb.store.Filter;
import io.github.camelmessagedb.store.MessageReader;
import io.github.camelmessagedb.store.Page;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StoreSourceTest {

    private static StoredMessage message(String stream, long position) {
        return new StoredMessage(
                new UUID(9, position), StreamName.of(stream), "A", position, position, "{}", null, Instant.EPOCH);
    }

    /** The consumer had come to 5; the store was restored at 3, and has written 4 (user), 5 (account), 6 (user) since. */
    @Test
    void a_position_that_another_category_has_now_is_a_loss() {
        List<StoredMessage> messages = List.of(message("user-1", 4), message("account-1", 5), message("user-1", 6));
        MessageReader reader = (MessageReader) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {MessageReader.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "scanAfter" -> {
                        List<StoredMessage> found = messages.stream()
                                .filter(it -> it.stream().value().startsWith("user")
                                        && it.globalPosition() > ((ReadQuery) args[0]).position())
                                .toList();
                        StoredMessage first = found.get(0);
                        yield new Page(
                                found, 7, true, new UUID(9, 6), new Page.Seen(first.globalPosition(), first.id()));
                    }
                    case "lastNumber" -> 6L;
                    case "idAt" ->
                        messages.stream()
                                .filter(it -> args[0].equals(it.globalPosition()))
                                .map(StoredMessage::id)
                                .findFirst();
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        StoreSource source = new StoreSource(reader, new ReadQuery(StreamName.of("user"), 0, 100, Filter.NONE));

        assertThatThrownBy(() -> source.read(new RecordedPosition(5, new UUID(1, 5))))
                .isInstanceOf(StoreRewoundException.class);
    }
}
