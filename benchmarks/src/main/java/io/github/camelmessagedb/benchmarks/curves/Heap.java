package io.github.camelmessagedb.benchmarks.curves;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** A listener to a meter: at some messages it collects the garbage and looks at what is left. For many threads. */
final class Heap implements LongConsumer {

    private static final double MEBIBYTE = 1024 * 1024;

    private final long each;
    private final int samples;
    private final List<Double> left = new CopyOnWriteArrayList<>();

    Heap(long messages, int samples) {
        this.each = messages / samples;
        this.samples = samples;
    }

    @Override
    public void accept(long now) {
        // In the middle of each part: at the last message there is nothing left to hold.
        if (now % each == each / 2 && now < each * samples) {
            left.add(leftAfterCollection());
        }
    }

    /** In mebibytes, in the order of messages. */
    List<Double> left() {
        return List.copyOf(left);
    }

    double most() {
        return left.stream().mapToDouble(mebibytes -> mebibytes).max().orElse(0);
    }

    /** After so many messages it was that. */
    List<Double> places() {
        return IntStream.range(0, left.size())
                .mapToObj(i -> (double) (each * i + each / 2))
                .toList();
    }

    /** As the collector found it, without what came while it was asked. */
    private static synchronized double leftAfterCollection() {
        System.gc();
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getCollectionUsage)
                        .filter(usage -> usage != null)
                        .mapToLong(MemoryUsage::getUsed)
                        .sum()
                / MEBIBYTE;
    }
}
