package io.github.camelmessagedb.faults;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.testing.Oracle;
import io.github.camelmessagedb.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What may come again, from ledgers as programs leave them. */
class ConsumingIT {

    private static final String BEGIN = Ledger.BEGIN + Ledger.WHOLE;
    private static final String END = Ledger.END + Ledger.WHOLE;

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    @TempDir
    private Path directory;

    private final Oracle oracle = new Oracle();

    @Test
    void nothing_may_come_again_after_a_clean_stop() throws IOException {
        String message = written(0);

        assertRepeated(ledger(1, BEGIN, message, END, BEGIN, message));
    }

    @Test
    void a_little_may_come_again_after_a_crash() throws IOException {
        String one = written(0);
        String two = written(1);

        assertFine(ledger(1, BEGIN, one, two, BEGIN, two, END));
    }

    @Test
    void no_more_may_come_again_after_a_crash() throws IOException {
        String one = written(0);
        String two = written(1);

        assertRepeated(ledger(1, BEGIN, one, two, BEGIN, one, two, END));
    }

    @Test
    void what_may_come_again_after_a_crash_may_come_after_a_stop_that_was_faster() throws IOException {
        String one = written(0);
        String two = written(1);

        assertFine(ledger(2, BEGIN, one, two, BEGIN, END, BEGIN, one, END, BEGIN, two, END));
    }

    @Test
    void what_came_again_after_a_crash_may_not_come_after_the_stop() throws IOException {
        String one = written(0);

        assertRepeated(ledger(1, BEGIN, one, BEGIN, one, END, BEGIN, one, END));
    }

    private void assertFine(Consuming consuming) {
        consuming.tell(oracle);
        assertThatNoException().isThrownBy(this::check);
    }

    private void assertRepeated(Consuming consuming) {
        consuming.tell(oracle);
        assertThatExceptionOfType(AssertionError.class).isThrownBy(this::check).withMessageContaining("repeated: ");
    }

    private void check() {
        oracle.checkHandled(database.dataSource(), stream -> true);
    }

    /** As the ledger has a message that is in the store. */
    private String written(long position) {
        NewMessage message = NewMessage.of("some-1", "Happened", "{}");
        database.store().writer().write(message, ExpectedVersion.of(position - 1));
        return "0 " + message.id() + " some-1 " + position + " 0" + Ledger.WHOLE;
    }

    private Consuming ledger(int mayRepeat, String... lines) throws IOException {
        return new Consuming("", List.of(), mayRepeat, Files.write(directory.resolve("ledger"), List.of(lines)));
    }
}
