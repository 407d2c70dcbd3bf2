package io.github.camelmessagedb.benchmarks.micro;

import io.github.camelmessagedb.benchmarks.contestants.Payload;
import io.github.camelmessagedb.store.ConsumerGroup;
import io.github.camelmessagedb.store.Filter;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is done for each message that is read. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Parts {

    private String name = "flight-7c1a6f52-8a2b-4a4e-9a53-2f0b6c0f6f11+2";
    private StreamName stream = StreamName.of(name);
    private Filter correlation = Filter.NONE.withCorrelation("booking");
    private StoredMessage message = new StoredMessage(
            UUID.randomUUID(), stream, Payload.TYPE, 0, 1, Payload.DATA, Payload.METADATA, Instant.EPOCH);

    /** The member of a group that a stream belongs to: an MD5. */
    @Benchmark
    public int memberOfGroup() {
        return ConsumerGroup.memberOf(stream, 4);
    }

    /** A name that came from the server, and its category. */
    @Benchmark
    public String category() {
        return new StreamName(name).category();
    }

    /** A look into the JSON of the metadata, as a filter of everything takes it. */
    @Benchmark
    public boolean correlation() {
        return correlation.includes(message);
    }
}
