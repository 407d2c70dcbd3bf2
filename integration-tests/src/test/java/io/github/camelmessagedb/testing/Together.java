package io.github.camelmessagedb.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Does the same thing in several threads that begin at once. */
public final class Together {

    private static final long PATIENCE_SECONDS = 60;

    private Together() {}

    /** What one of the threads does. */
    @FunctionalInterface
    public interface Work<T> {
        /**
         * Does it.
         *
         * @param number the thread's number, from 0
         */
        T by(int number) throws Exception;
    }

    /** What all of them answered, in order of their numbers; fails if one of them does. */
    public static <T> List<T> call(int threads, Work<T> work) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier start = new CyclicBarrier(threads);
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                Callable<T> task = () -> {
                    start.await();
                    return work.by(number);
                };
                futures.add(executor.submit(task));
            }
            List<T> answers = new ArrayList<>();
            for (Future<T> future : futures) {
                answers.add(future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
            return answers;
        } catch (ExecutionException e) {
            throw new AssertionError("One of " + threads + " threads failed", e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("Not all of " + threads + " threads came to an end", e);
        } finally {
            executor.shutdownNow();
        }
    }
}
