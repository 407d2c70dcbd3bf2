package io.github.camelmessagedb.benchmarks.cases;

import io.github.camelmessagedb.benchmarks.contestants.Commit;
import io.github.camelmessagedb.benchmarks.contestants.Groups;
import io.github.camelmessagedb.benchmarks.contestants.Server;
import io.github.camelmessagedb.benchmarks.measure.Findings;
import io.github.camelmessagedb.benchmarks.measure.Meter;
import io.github.camelmessagedb.benchmarks.measure.Metric;
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
        int read = setting.size().read();
        findings.contest(name() + "." + SIZE, what())
                .ours(() -> Groups.together(pool, Server.BACKLOG, SIZE, new Meter(read)))
                .against(
                        "function",
                        "as many readers with the server's function for members",
                        () -> Groups.function(functions, Server.BACKLOG, SIZE, new Meter(read)))
                .against(
                        "function-in-turn",
                        "one reader that asks for all members in turn with that function",
                        () -> Groups.functionInTurn(functions, Server.BACKLOG, SIZE, new Meter(read)))
                .against(
                        "apart",
                        "as many members that do not share reads",
                        () -> Groups.apart(opponents, Server.BACKLOG, SIZE, new Meter(read)))
                .run(Metric.RATE);
    }
}
