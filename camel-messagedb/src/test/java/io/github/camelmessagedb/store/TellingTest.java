package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TellingTest {

    private static final int CALLERS = 50;

    /** One call in another for each of them would be too many. */
    private static final int MANY = 20_000;

    private final ExecutorService executor = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    private static List<SharedWrite> written(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    SharedWrite write =
                            new SharedWrite(NewMessage.of("a-1", "Happened", "1"), ExpectedVersion.ANY, there -> {});
                    write.written(i);
                    return write;
                })
                .toList();
    }

    @Test
    void each_is_told_once_while_all_of_those_before_wait_for_the_last() throws Exception {
        List<SharedWrite> writes = written(CALLERS);
        CountDownLatch told = new CountDownLatch(CALLERS);
        List<CompletableFuture<Long>> afterwards = new ArrayList<>();
        for (SharedWrite write : writes) {
            afterwards.add(write.outcome().thenApply(position -> {
                told.countDown();
                await(told);
                return position;
            }));
        }

        new Telling(executor).tell(writes);

        for (int i = 0; i < CALLERS; i++) {
            assertThat(afterwards.get(i).get(30, TimeUnit.SECONDS)).isEqualTo(i);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Others were not told meanwhile");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void without_threads_they_are_told_all_the_same() {
        List<SharedWrite> writes = written(MANY);
        List<Long> order = new ArrayList<>();
        List<CompletableFuture<Boolean>> afterwards = new ArrayList<>();
        writes.forEach(write -> afterwards.add(write.outcome().thenApply(order::add)));

        new Telling(task -> {
                    throw new RejectedExecutionException();
                })
                .tell(writes);

        assertThat(afterwards).allMatch(CompletableFuture::isDone);
        assertThat(order).isEqualTo(LongStream.range(0, MANY).boxed().toList());
    }
}
