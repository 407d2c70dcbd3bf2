package io.github.camelmessagedb.component;

import io.github.camelmessagedb.store.VersionConflictException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The meters of the producers of a category. */
final class ProducerMeters implements CallObserver {

    private final Timer writeSuccess;
    private final Timer writeConflict;
    private final Timer writeFailure;
    private final Timer readSuccess;
    private final Timer readFailure;
    private final DistributionSummary writeSize;
    private final DistributionSummary readSize;
    private final Counter written;

    ProducerMeters(Meters meters) {
        writeSuccess = meters.timer(MessageDbMeter.PRODUCER_WRITE, "success");
        writeConflict = meters.timer(MessageDbMeter.PRODUCER_WRITE, "conflict");
        writeFailure = meters.timer(MessageDbMeter.PRODUCER_WRITE, "failure");
        writeSize = meters.summary(MessageDbMeter.PRODUCER_WRITE_SIZE);
        written = meters.counter(MessageDbMeter.PRODUCER_WRITTEN);
        readSuccess = meters.timer(MessageDbMeter.PRODUCER_READ, "success");
        readFailure = meters.timer(MessageDbMeter.PRODUCER_READ, "failure");
        readSize = meters.summary(MessageDbMeter.PRODUCER_READ_SIZE);
    }

    @Override
    public void wrote(int messages, @Nullable Throwable failure, long nanos) {
        writeTimer(failure).record(nanos, TimeUnit.NANOSECONDS);
        writeSize.record(messages);
        if (failure == null) {
            written.increment(messages);
        }
    }

    private Timer writeTimer(@Nullable Throwable failure) {
        if (failure == null) {
            return writeSuccess;
        }
        return failure instanceof VersionConflictException ? writeConflict : writeFailure;
    }

    @Override
    public void read(int messages, @Nullable Throwable failure, long nanos) {
        (failure == null ? readSuccess : readFailure).record(nanos, TimeUnit.NANOSECONDS);
        if (failure == null) {
            readSize.record(messages);
        }
    }
}
