package io.github.camelmessagedb.component;

import io.github.camelmessagedb.subscription.SubscriptionObserver;
import io.github.camelmessagedb.subscription.SubscriptionStatus.State;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The meters of a consumer. What it counts by itself is only asked for when somebody wants to know. */
final class ConsumerMeters implements SubscriptionObserver {

    private final OutcomeTimer read;
    private final OutcomeTimer handling;
    private final OutcomeTimer save;
    private final DistributionSummary readSize;
    private final DistributionSummary handlingSize;

    /** Times of what succeeds and of what fails. */
    private record OutcomeTimer(Timer success, Timer failure) {

        static OutcomeTimer of(Meters meters, MessageDbMeter meter) {
            return new OutcomeTimer(meters.timer(meter, "success"), meters.timer(meter, "failure"));
        }
    }

    ConsumerMeters(Meters meters, ConsumerInsight consumer) {
        read = OutcomeTimer.of(meters, MessageDbMeter.CONSUMER_READ);
        readSize = meters.summary(MessageDbMeter.CONSUMER_READ_SIZE);
        handling = OutcomeTimer.of(meters, MessageDbMeter.CONSUMER_HANDLING);
        handlingSize = meters.summary(MessageDbMeter.CONSUMER_HANDLING_SIZE);
        save = OutcomeTimer.of(meters, MessageDbMeter.CONSUMER_SAVE);
        count(meters, consumer.statistics());
        gauge(meters, consumer);
    }

    private static void count(Meters meters, ConsumerStatistics statistics) {
        meters.counted(MessageDbMeter.CONSUMER_FETCHED, statistics, ConsumerStatistics::fetched);
        meters.counted(MessageDbMeter.CONSUMER_HANDLED, statistics, ConsumerStatistics::handled);
        meters.counted(MessageDbMeter.CONSUMER_FAILED, statistics, ConsumerStatistics::failed);
        meters.counted(MessageDbMeter.CONSUMER_RETRIED, statistics, ConsumerStatistics::retried);
        meters.counted(MessageDbMeter.CONSUMER_SKIPPED, statistics, ConsumerStatistics::skipped);
    }

    private static void gauge(Meters meters, ConsumerInsight consumer) {
        meters.gauge(MessageDbMeter.CONSUMER_POSITION, () -> known(consumer.position()));
        meters.gauge(
                MessageDbMeter.CONSUMER_HEAD,
                () -> consumer.lag().<Number>map(Lag::head).orElse(Double.NaN));
        meters.gauge(
                MessageDbMeter.CONSUMER_LAG,
                () -> consumer.lag().<Number>map(Lag::messages).orElse(Double.NaN));
        meters.seconds(
                MessageDbMeter.CONSUMER_LAG_TIME,
                () -> consumer.lag().<Number>map(Lag::seconds).orElse(Double.NaN));
        for (State state : State.values()) {
            meters.gauge(
                    MessageDbMeter.CONSUMER_STATE,
                    Tags.of("state", state.name().toLowerCase(Locale.ROOT)),
                    () -> consumer.state() == state ? 1 : 0);
        }
    }

    private static Number known(@Nullable Long number) {
        return number == null ? (Number) Double.NaN : number;
    }

    @Override
    public void read(int messages, long nanos) {
        read.success().record(nanos, TimeUnit.NANOSECONDS);
        if (messages > 0) {
            readSize.record(messages);
        }
    }

    @Override
    public void readFailed(Throwable failure, long nanos) {
        read.failure().record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void handled(int messages, long nanos) {
        handling.success().record(nanos, TimeUnit.NANOSECONDS);
        handlingSize.record(messages);
    }

    @Override
    public void failed(int messages, Throwable failure, long nanos) {
        handling.failure().record(nanos, TimeUnit.NANOSECONDS);
        handlingSize.record(messages);
    }

    @Override
    public void saved(long nanos) {
        save.success().record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void saveFailed(Throwable failure, long nanos) {
        save.failure().record(nanos, TimeUnit.NANOSECONDS);
    }
}
