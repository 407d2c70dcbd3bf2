package io.github.camelmessagedb.benchmarks.measure;

import io.github.camelmessagedb.benchmarks.measure.Curve.Axis;
import io.github.camelmessagedb.benchmarks.measure.Curve.Line;
import io.github.camelmessagedb.benchmarks.measure.Curve.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The same contest again and again, with more and more work. A round goes through all of it, contestants taking turns at each
 * step, so that a machine that gets slower in the meantime bends no curve.
 */
public final class Sweep {

    private final Findings findings;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private record Step(double x, String name, Trial trial) {
        String key() {
            return key(x, name);
        }

        static String key(double x, String name) {
            return Numbers.of(x) + " " + name;
        }
    }

    Sweep(Findings findings) {
        this.findings = findings;
    }

    /** A contestant at a step. The first one named is ours. */
    public Sweep at(double x, String name, Trial trial) {
        steps.add(new Step(x, name, trial));
        if (!names.contains(name)) {
            names.add(name);
        }
        return this;
    }

    /**
     * Runs all of it.
     *
     * @param warmUpMillis how long each contestant does the first step over and over before anything counts; 0 for none
     */
    public Done run(int warmUpMillis, int rounds) throws Exception {
        Rounds.warmUp(
                steps.stream()
                        .filter(step -> step.x == steps.get(0).x)
                        .map(Step::trial)
                        .toList(),
                warmUpMillis);
        Map<String, Trial> trials = new LinkedHashMap<>();
        steps.forEach(step -> trials.put(step.key(), () -> told(step)));
        return new Done(Rounds.of(trials, rounds));
    }

    private Sample told(Step step) throws Exception {
        Sample sample = step.trial.run();
        findings.progress(step.key() + ": " + sample.text());
        return sample;
    }

    /** What was found. */
    public final class Done {

        private final Rounds rounds;

        private Done(Rounds rounds) {
            this.rounds = rounds;
        }

        /** The curves of one metric, compared with ours. */
        public Done curve(String name, String title, Axis x, Axis y, Metric metric) {
            List<Line> lines = names.stream()
                    .map(contestant -> new Line(contestant, points(contestant, metric)))
                    .toList();
            findings.add(new Curve(name, title, x, y, names.size() > 1, lines));
            return this;
        }

        private List<Point> points(String contestant, Metric metric) {
            return steps.stream()
                    .filter(step -> step.name.equals(contestant))
                    .map(step -> new Point(step.x, rounds.values(metric, step.key()), ratio(step, metric)))
                    .toList();
        }

        private Spread ratio(Step step, Metric metric) {
            return rounds.ratios(metric, Step.key(step.x, names.get(0)), step.key());
        }
    }
}
