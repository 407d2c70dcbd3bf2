package io.github.camelmessagedb.benchmarks.cases;

import io.github.camelmessagedb.benchmarks.contestants.Pgbench;
import io.github.camelmessagedb.benchmarks.contestants.PythonClient;
import io.github.camelmessagedb.benchmarks.contestants.Server;
import io.github.camelmessagedb.benchmarks.measure.Contest;
import io.github.camelmessagedb.benchmarks.measure.Figure.Missing;
import io.github.camelmessagedb.benchmarks.measure.Size;
import io.github.camelmessagedb.benchmarks.measure.Trial;
import java.util.Optional;

/**
 * What benchmarks have in common.
 *
 * @param noPython why message-db-py cannot take part
 * @param noPgbench why pgbench cannot take part
 */
public record Setting(
        Server server,
        Size size,
        PythonClient python,
        Optional<Missing> noPython,
        Pgbench pgbench,
        Optional<Missing> noPgbench) {

    static final String OURS = "messagedb";

    public static Setting of(Server server, Size size, PythonClient python) throws InterruptedException {
        Pgbench pgbench = new Pgbench(server);
        return new Setting(server, size, python, python.missing(), pgbench, pgbench.missing());
    }

    Contest againstPython(Contest contest, Trial trial) {
        String name = "message-db-py";
        return noPython.isPresent() ? contest.without(name, name, noPython.get()) : contest.against(name, name, trial);
    }

    Contest againstPgbench(Contest contest, String name, Trial trial) {
        return noPgbench.isPresent()
                ? contest.without("pgbench", name, noPgbench.get())
                : contest.against("pgbench", name, trial);
    }
}
