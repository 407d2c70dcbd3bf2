package io.github.camelmessagedb.benchmarks.measure;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What becomes of something as the work grows.
 *
 * @param name of the plot
 * @param ratios whether the first line is to be compared with each of the others
 * @param lines ours first, then those of the opponents
 */
public record Curve(String name, String title, Axis x, Axis y, boolean ratios, List<Line> lines) {

    /** Makes the lines unmodifiable. */
    public Curve {
        lines = List.copyOf(lines);
    }

    /** What is along an edge of the plot. */
    public record Axis(String label, boolean logarithmic) {}

    /** The points of one contestant, from left to right. */
    public record Line(String name, List<Point> points) {

        /** Makes the points unmodifiable. */
        public Line {
            points = List.copyOf(points);
        }

        /** What was measured there, if anything was. */
        public Optional<Point> at(double x) {
            return points.stream().filter(point -> point.x() == x).findFirst();
        }
    }

    /**
     * Where the values of several rounds lie.
     *
     * @param ratio of the first line to this one, of neighbours in a round; of the first line to itself 1
     */
    public record Point(double x, Spread y, Spread ratio) {}

    /** All places where anything was measured. */
    public List<Double> places() {
        TreeSet<Double> places = new TreeSet<>();
        lines.forEach(line -> line.points().forEach(point -> places.add(point.x())));
        return List.copyOf(places);
    }
}
