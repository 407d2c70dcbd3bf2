package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of messages that are large. */
class LargeMessagesIT {

    private static final int MIB = 1 << 20;

    /** So that compressing them wins little. */
    private final Random random = new Random(1);

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private NewMessage message(String stream, String type, int size) {
        StringBuilder data = new StringBuilder(size + 2).append('"');
        random.ints(size, 'a', 'z' + 1).forEach(it -> data.append((char) it));
        return NewMessage.of(stream, type, data.append('"').toString());
    }

    private void write(String type, int... sizes) {
        // Each by itself: the writer need not hold them all.
        IntStream.of(sizes)
                .forEach(size -> database.store().writer().write(message("one-1", type, size), ExpectedVersion.ANY));
    }

    private static List<Integer> sizes(Page page) {
        return page.messages().stream()
                .map(message -> Objects.requireNonNull(message.data()).length() - 2)
                .toList();
    }

    private static ReadQuery query(String name, boolean filtered) {
        ReadQuery query = ReadQuery.of(name);
        return filtered ? query.withFilter(Filter.NONE.withTypes(Set.of("Large", "Small"))) : query;
    }

    /** All pages from the beginning, by what was read before. */
    private List<Page> pages(ReadQuery query, long start) {
        List<Page> pages = new ArrayList<>();
        MessageReader reader = database.store().reader();
        Page page = reader.scan(query.withPosition(start));
        while (!page.endReached() || !page.messages().isEmpty()) {
            assertThat(page.messages().isEmpty() && !page.endReached())
                    .as("brings nothing and does not end")
                    .isFalse();
            pages.add(page);
            page = reader.scanAfter(query.withPosition(page.nextPosition() - 1));
        }
        return pages;
    }

    @ParameterizedTest
    @CsvSource({"one-1,false,0", "one-1,true,0", "one,false,1", "one,true,1", "$all,false,1"})
    void come_with_as_many_as_four_mebibytes_hold(String name, boolean filtered, long start) {
        write("Small", 10, 20);
        write("Large", MIB, MIB, MIB, MIB, 2 * MIB, 3 * MIB);
        write("Small", 30);
        write("Large", MIB);
        write("Small", 40, 50);

        List<Page> pages = pages(query(name, filtered), start);

        assertThat(pages.stream().map(LargeMessagesIT::sizes))
                .containsExactly(
                        List.of(10, 20),
                        List.of(MIB, MIB, MIB, MIB),
                        List.of(2 * MIB, 3 * MIB),
                        List.of(30),
                        List.of(MIB, 40, 50));
        assertThat(pages.stream().map(Page::endReached)).containsExactly(false, false, false, false, true);
        assertThat(pages.stream().flatMap(page -> page.messages().stream()).map(StoredMessage::position))
                .containsExactlyElementsOf(
                        IntStream.range(0, 12).mapToObj(Long::valueOf).toList());
    }

    @Test
    void one_that_is_larger_than_a_page_comes_alone() {
        write("Large", 8 * MIB, 8 * MIB);

        assertThat(pages(ReadQuery.of("one"), 1).stream().map(LargeMessagesIT::sizes))
                .containsExactly(List.of(8 * MIB), List.of(8 * MIB));
    }

    @ParameterizedTest
    @CsvSource({"one-1,false,0", "one-1,true,0", "one,false,1", "one,true,1", "$all,false,1"})
    void the_one_that_was_read_before_is_looked_at_but_not_brought(String name, boolean filtered, long position) {
        write("Large", MIB);
        write("Small", 10);
        StoredMessage before = database.store()
                .reader()
                .readStream(ReadQuery.of("one-1"))
                .messages()
                .get(0);

        Page page = database.store().reader().scanAfter(query(name, filtered).withPosition(position));

        assertThat(page.first()).isEqualTo(new Page.Seen(position, before.id()));
        assertThat(sizes(page)).containsExactly(10);
        assertThat(page.endReached()).isTrue();
    }

    @Test
    void of_large_metadata_too() {
        String metadata = Objects.requireNonNull(message("one-1", "A", 3 * MIB).data());
        for (int i = 0; i < 3; i++) {
            database.store()
                    .writer()
                    .write(
                            NewMessage.of("one-1", "A", "1").withMetadata("{\"a\": " + metadata + "}"),
                            ExpectedVersion.ANY);
        }

        assertThat(pages(ReadQuery.of("one"), 1).stream()
                        .map(page -> page.messages().size()))
                .containsExactly(2, 1);
    }

    @Test
    void all_that_are_asked_for_by_their_number_come_however_large() {
        write("Large", 3 * MIB, 3 * MIB, 3 * MIB, 3 * MIB);

        Page page = database.store().reader().readCategory(ReadQuery.of("one").withBatchSize(3));

        assertThat(sizes(page)).containsExactly(3 * MIB, 3 * MIB, 3 * MIB);
        assertThat(page.endReached()).isFalse();
    }

    @Test
    void a_message_without_data_is_not_large() {
        insert(0);
        write("Large", MIB);
        insert(2);

        assertThat(pages(ReadQuery.of("one"), 1).stream()
                        .map(page -> page.messages().size()))
                .containsExactly(1, 2);
    }

    private void insert(long position) {
        database.execute("INSERT INTO message_store.messages (stream_name, type, position) VALUES ('one-1', 'A', "
                + position + ")");
    }
}
