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
final class Callers implements AutoCloseable {

    private final ExecutorService threads;
    private final int callers;
    private final int categories;
    private final String prefix;

    /** What a caller does for one message. */
    @FunctionalInterface
    interface Write {
        void to(String stream) throws Exception;
    }

    /** Each has a stream of its own, in one of the categories. */
    Callers(int callers, String prefix, int categories) {
        this.threads = Executors.newFixedThreadPool(callers);
        this.callers = callers;
        this.prefix = prefix;
        this.categories = categories;
    }

    /** For so long; answers the rate of all together, and how long calls took. */
    Sample call(int millis, Write write) throws InterruptedException, ExecutionException {
        long began = System.nanoTime();
        long end = began + TimeUnit.MILLISECONDS.toNanos(millis);
        List<Future<long[]>> calls = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            String stream = prefix + (caller % categories + 1) + "-" + caller;
            calls.add(threads.submit(() -> one(stream, end, write)));
        }
        LongStream all = LongStream.empty();
        for (Future<long[]> call : calls) {
            all = LongStream.concat(all, Arrays.stream(call.get()));
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        long[] nanos = all.sorted().toArray();
        return Sample.of(nanos.length / seconds, nanos);
    }

    private static long[] one(String stream, long end, Write write) throws Exception {
        LongStream.Builder nanos = LongStream.builder();
        long now = System.nanoTime();
        do {
            long before = now;
            write.to(stream);
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
