package io.github.camelmessagedb.benchmarks.cases;

import io.github.camelmessagedb.benchmarks.measure.Sample;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** Many threads, each of which writes one message after the other and waits for each. */
public final class Callers implements AutoCloseable {

    private final ExecutorService threads;
    private final int callers;
    private final int categories;
    private final String prefix;

    /** What a caller does for one message. */
    @FunctionalInterface
    public interface Write {
        void to(String stream) throws Exception;
    }

    /** Each has a stream of its own in one of the categories; where there are more of these than callers, in several. */
    public Callers(int callers, String prefix, int categories) {
        this.threads = Executors.newFixedThreadPool(callers);
        this.callers = callers;
        this.prefix = prefix;
        this.categories = categories;
    }

    /** For so long; answers the rate of all together, and how long calls took. */
    public Sample call(int millis, Write write) throws InterruptedException, ExecutionException {
        long began = System.nanoTime();
        long end = began + TimeUnit.MILLISECONDS.toNanos(millis);
        List<Future<long[]>> calls = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            int number = caller;
            calls.add(threads.submit(() -> one(number, end, write)));
        }
        LongStream all = LongStream.empty();
        for (Future<long[]> call : calls) {
            all = LongStream.concat(all, Arrays.stream(call.get()));
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        long[] nanos = all.sorted().toArray();
        return Sample.of(nanos.length / seconds, nanos);
    }

    private long[] one(int caller, long end, Write write) throws Exception {
        LongStream.Builder nanos = LongStream.builder();
        long turn = caller;
        long now = System.nanoTime();
        do {
            long before = now;
            write.to(prefix + (turn % categories + 1) + "-" + caller);
            turn += callers;
            now = System.nanoTime();
            nanos.add(now - before);
        } while (now < end);
        return nanos.build().toArray();
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
