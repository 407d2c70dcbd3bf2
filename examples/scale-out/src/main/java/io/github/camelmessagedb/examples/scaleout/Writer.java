package io.github.camelmessagedb.examples.scaleout;

import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** Who writes to the category, at a steady pace. */
final class Writer {

    private static final int PARCELS = 60;
    private static final int AT_ONCE = 10;
    private static final long PAUSE_MILLIS = 20;

    private final MessageStore store;

    Writer(DataSource dataSource) {
        this.store = new MessageStore(dataSource);
    }

    CompletableFuture<Void> begin(int messages) {
        return CompletableFuture.runAsync(() -> write(messages));
    }

    private void write(int messages) {
        for (int number = 0; number < messages; number += AT_ONCE) {
            List<NewMessage> scans = IntStream.range(number, Math.min(number + AT_ONCE, messages))
                    .mapToObj(next ->
                            NewMessage.of("parcel-" + next % PARCELS, "Scanned", "{\"number\": %d}".formatted(next)))
                    .toList();
            store.writer().write(scans, Map.of());
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
