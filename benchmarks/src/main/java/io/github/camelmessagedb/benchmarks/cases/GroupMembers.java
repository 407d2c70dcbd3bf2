package io.github.camelmessagedb.benchmarks.cases;

import io.github.camelmessagedb.benchmarks.contestants.BareJdbc;
import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.contestants.Routes;
import io.github.camelmessagedb.benchmarks.contestants.Server;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Meter;
import io.github.camelmessagedb.benchmarks.measure.Metric;
import io.github.camelmessagedb.benchmarks.measure.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** A consumer group whose members are in one program. */
final class GroupMembers implements Benchmark {

    private static final int SIZE = 4;

    @Override
    public String name() {
        return "group";
    }

    @Override
    public String what() {
        return "a group of " + SIZE + " in one program";
    }

    @Override
    public void run(Setting setting, Findings findings) throws Exception {
        DataSource pool = setting.server().pool(SIZE + 1, Commit.OFF);
        DataSource opponents = setting.server().pool(SIZE, Commit.OFF);
        DataSource functions = setting.server().poolForFunctions(SIZE, Commit.OFF);
        findings.contest(name() + "." + SIZE, what())
                .ours(() -> together(setting, pool))
                .against(
                        "function",
                        "as many readers with the server's function for members",
                        () -> function(setting, functions))
                .against(
                        "function-in-turn",
                        "one reader that asks for all members in turn with that function",
                        () -> inTurn(setting, functions))
                .against("apart", "as many members that do not share reads", () -> apart(setting, opponents))
                .run(Metric.RATE);
    }

    private static Sample together(Setting setting, DataSource pool) throws Exception {
        Meter meter = new Meter(setting.size().read());
        Routes routes = Routes.withMessageDb(pool);
        for (int member = 0; member < SIZE; member++) {
            routes.consume(member(member), exchange -> meter.count());
        }
        return routes.until(meter);
    }

    /** Each in a context of its own, as in a program of its own. */
    private static Sample apart(Setting setting, DataSource pool) throws Exception {
        Meter meter = new Meter(setting.size().read());
        List<Routes> members = new ArrayList<>();
        try {
            for (int member = 0; member < SIZE; member++) {
                Routes routes = Routes.withMessageDb(pool);
                members.add(routes);
                routes.consume(member(member), exchange -> meter.count()).start();
            }
            return meter.await();
        } finally {
            members.forEach(Routes::close);
        }
    }

    private static String member(int member) {
        return Setting.OURS + ":" + Server.BACKLOG + "?positionStore=memory&consumerGroupMember=" + member
                + "&consumerGroupSize=" + SIZE;
    }

    private static Sample inTurn(Setting setting, DataSource pool) throws Exception {
        Meter meter = new Meter(setting.size().read());
        new BareJdbc(pool).readMembersInTurn(Server.BACKLOG, SIZE, meter);
        return meter.await();
    }

    private static Sample function(Setting setting, DataSource pool) throws Exception {
        Meter meter = new Meter(setting.size().read());
        BareJdbc jdbc = new BareJdbc(pool);
        ExecutorService threads = Executors.newFixedThreadPool(SIZE);
        try {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < SIZE; i++) {
                int member = i;
                readers.add(threads.submit(() -> {
                    jdbc.readMember(Server.BACKLOG, member, SIZE, meter);
                    return member;
                }));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
            return meter.await();
        } finally {
            threads.shutdown();
        }
    }
}
