package io.github.camelmessagedb.benchmarks.measure;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the figures, and says each as it comes. */
public final class Findings {

    private final Targets targets;
    private final Size size;
    private final PrintWriter out;
    private final List<Figure> figures = new ArrayList<>();
    private final List<Curve> curves = new ArrayList<>();
    private final Set<String> benchmarks = new LinkedHashSet<>();

    public Findings(Targets targets, Size size, PrintWriter out) {
        this.targets = targets;
        this.size = size;
        this.out = out;
    }

    /** What comes now is of this benchmark. */
    public void begin(String benchmark) {
        benchmarks.add(benchmark);
        out.println("== " + benchmark);
        out.flush();
    }

    /** A contest whose figures have keys that begin so. */
    public Contest contest(String key, String what) {
        return new Contest(key, what, this);
    }

    /** The same contest with more and more work. */
    public Sweep sweep() {
        return new Sweep(this);
    }

    /** A curve that is drawn. */
    public void add(Curve curve) {
        curves.add(curve);
        out.println(CurveTable.text(curve));
        out.flush();
    }

    /** So that whoever waits sees that it goes on. */
    public void progress(String line) {
        out.println("   " + line);
        out.flush();
    }

    /** A figure that is counted, not measured in rounds. */
    public void count(String key, String what, long number, String unit) {
        add(Figure.absolute(key, what, Spread.exactly((double) number), unit));
    }

    /** Something that cannot be measured at all, which is told in any case. */
    public void missing(String key, String what, String opponent, Figure.Missing missing) {
        tell(Figure.missing(key, what, opponent, missing));
    }

    void add(Figure figure) {
        if (isWanted(figure.key())) {
            tell(figure);
        }
    }

    private void tell(Figure figure) {
        figures.add(figure);
        out.println(Table.line(figure, targets));
        out.flush();
    }

    /** A quick run looks at nothing but what has a target. */
    boolean isWanted(String key) {
        return !size.targetsOnly() || targets.of(key).isPresent();
    }

    Size size() {
        return size;
    }

    /** All of it. */
    public Report report(Machine machine) {
        return new Report(machine, size, figures, curves, targets, targets.without(figures, benchmarks));
    }
}
