package io.github.camelmessagedb.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.TestStores;
import io.github.camelmessagedb.testing.Footprint;
import io.github.camelmessagedb.testing.Oracle;
import io.github.camelmessagedb.testing.PositionWatch;
import io.github.camelmessagedb.testing.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writers write and a program consumes, both through a proxy, while a test makes a fault; then, in {@link #end}, all that
 * is promised is held against what happened.
 */
final class Scenario implements AutoCloseable {

    /** How soon after the end of a fault there is progress. */
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    private final long seed = System.nanoTime();
    private final Oracle oracle = new Oracle();
    private final Target target;
    private List<Shape.Route> consumers;
    private final TcpProxy proxy;
    private final Footprint footprint;
    private final HikariDataSource pool;
    private final HikariDataSource writersPool;
    private final Writers writers;
    private final List<PositionWatch> watches = new ArrayList<>();
    private final List<Program> programs = new ArrayList<>();
    private int runs;

    Scenario(Target target, List<Shape.Route> consumers) {
        this.target = target;
        this.consumers = consumers;
        this.proxy = new TcpProxy("localhost", target.port());
        this.footprint = Footprint.of(target.owner(), target.role());
        this.pool = target.pool(proxy);
        this.writersPool = target.pool(proxy);
        this.writers = new Writers(TestStores.of(writersPool), oracle);
    }

    /** With consumers, and writers if they are wanted, that have done something already. */
    static Scenario start(Target target, Shape shape) throws Exception {
        Scenario scenario = new Scenario(target, shape.routes());
        scenario.startWriters();
        scenario.startProgram(0);
        scenario.awaitMore(50);
        return scenario;
    }

    void startWriters() {
        writers.start(seed);
    }

    /** A program that goes on where the stored positions are. */
    Program startProgram(int mayRepeat) throws Exception {
        return startProgram(mayRepeat, program -> {});
    }

    /** The same, set up before it starts. */
    Program startProgram(int mayRepeat, Consumer<Program> setUp) throws Exception {
        if (watches.isEmpty()) {
            consumers.forEach(
                    consumer -> watches.add(PositionWatch.start(oracle, target.owner(), consumer.readership())));
        }
        Program program = new Program(oracle, beginRun(mayRepeat), pool);
        programs.add(program);
        setUp.accept(program);
        program.start(consumers);
        return program;
    }

    /** The same, as another program, which reads something else. */
    Program startProgram(int mayRepeat, List<Shape.Route> others) throws Exception {
        consumers = others;
        others.forEach(other -> watches.add(PositionWatch.start(oracle, target.owner(), other.readership())));
        return startProgram(mayRepeat);
    }

    /** The name of the next run. */
    String beginRun(int mayRepeat) {
        String run = "run " + ++runs;
        oracle.begins(run, mayRepeat);
        return run;
    }

    /** The present run may repeat so many from now on. */
    void allowRepeats(int mayRepeat) {
        oracle.begins("run " + runs, mayRepeat);
    }

    Program program() {
        return programs.get(programs.size() - 1);
    }

    TcpProxy proxy() {
        return proxy;
    }

    Oracle oracle() {
        return oracle;
    }

    HikariDataSource pool() {
        return pool;
    }

    /** Writes a batch as the writers do, in this thread. What fails is not written again. */
    List<Long> write(List<NewMessage> batch) {
        return writers.writeOnce(batch);
    }

    /** Waits until so many more messages were handled. */
    void awaitMore(int messages) {
        int enough = oracle.handled() + messages;
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(2))
                .until(() -> oracle.handled() >= enough);
    }

    /** The fault is over: there is progress in every stream, and soon; in the end all is as it was promised. */
    void end() throws Exception {
        List<NewMessage> written = writers.writeOneForEachStream(TestStores.of(target.owner()));
        long begun = System.nanoTime();
        await("seed " + seed + ", " + program().health())
                .atMost(RECOVERY)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> written.stream().allMatch(message -> oracle.isDone(message.id())));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(RECOVERY);
        writers.stop();
        awaitAllHandled();
        program().close();
        check();
        restart();
        check();
        assertNothingLeft();
    }

    /** After a clean stop nothing comes again. */
    private void restart() throws Exception {
        startProgram(0);
        List<NewMessage> written = writers.writeOneForEachStream(TestStores.of(target.owner()));
        await().atMost(RECOVERY).until(() -> written.stream().allMatch(message -> oracle.isDone(message.id())));
        program().close();
    }

    private void awaitAllHandled() {
        await("seed " + seed).atMost(Duration.ofSeconds(60)).until(oracle::hasHandledAllAcknowledged);
    }

    private void check() {
        oracle.checkStored(target.owner());
        oracle.checkHandled(
                target.owner(),
                stream -> consumers.stream()
                        .anyMatch(consumer -> consumer.readership().reads().test(stream)));
        watches.forEach(PositionWatch::check);
    }

    private void assertNothingLeft() {
        Footprint.requireNoneLeased(pool, writersPool);
        close();
        footprint.check();
    }

    @Override
    public void close() {
        try {
            writers.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        programs.forEach(Program::close);
        watches.forEach(PositionWatch::close);
        pool.close();
        writersPool.close();
        proxy.close();
    }
}
