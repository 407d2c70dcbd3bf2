package io.github.camelmessagedb.benchmarks.measure;

import io.github.camelmessagedb.benchmarks.measure.Curve.Line;
import io.github.camelmessagedb.benchmarks.measure.Curve.Point;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A curve as SVG: medians joined by lines, with how far the rounds lie apart. */
final class Plot {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 440;
    private static final int LEFT = 84;
    private static final int RIGHT = 24;
    private static final int TOP = 52;
    private static final int BOTTOM = 60;
    private static final int LEGEND = 20;

    /** Okabe and Ito's, which the colour-blind tell apart; the marks are different, too. */
    private static final List<String> COLOURS = List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000");

    private static final List<String> MARKS = List.of(
            "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
            "M-4.5 -4.5h9v9h-9z",
            "M0 -6l6 10h-12z",
            "M0 -6l6 6l-6 6l-6 -6z",
            "M-6 -4h12l-6 10z");

    private final Curve curve;
    private final Scale x;
    private final Scale y;
    private final int height;
    private final StringBuilder svg = new StringBuilder();

    private Plot(Curve curve) {
        this.curve = curve;
        this.x = Scale.exactly(curve.x().logarithmic(), curve.places());
        this.y = Scale.over(
                curve.y().logarithmic(),
                points(curve)
                        .flatMap(
                                point -> Stream.of(point.y().lowest(), point.y().highest()))
                        .toList());
        this.height = HEIGHT + LEGEND * curve.lines().size();
    }

    private static Stream<Point> points(Curve curve) {
        return curve.lines().stream().flatMap(line -> line.points().stream());
    }

    static String svg(Curve curve) {
        return new Plot(curve).draw();
    }

    private String draw() {
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\""
                        + " font-family=\"DejaVu Sans, Verdana, sans-serif\" font-size=\"13\" fill=\"#222\">",
                WIDTH, height, WIDTH, height);
        line("<title>%s</title>", escaped(curve.title()));
        line("<desc>%s</desc>", escaped(description()));
        line("<rect width=\"%d\" height=\"%d\" fill=\"#fff\"/>", WIDTH, height);
        text(WIDTH / 2.0, 28, "middle", "font-size=\"16\" font-weight=\"bold\"", curve.title());
        edges();
        for (int i = 0; i < curve.lines().size(); i++) {
            contestant(curve.lines().get(i), i);
        }
        line("</svg>");
        return svg.toString();
    }

    private String description() {
        return curve.y().label() + " over " + curve.x().label() + ". "
                + curve.lines().stream()
                        .map(line -> line.name() + ": " + values(line))
                        .collect(Collectors.joining("; "))
                + ".";
    }

    private static String values(Line line) {
        return line.points().stream()
                .map(point -> Numbers.of(point.y().median()) + " at " + Numbers.brief(point.x()))
                .collect(Collectors.joining(", "));
    }

    private void edges() {
        for (double tick : y.ticks()) {
            double at = down(tick);
            line("<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/>", LEFT, at, WIDTH - RIGHT, at);
            text(LEFT - 8.0, at + 4.5, "end", "", Numbers.brief(tick));
        }
        List<Double> across = curve.x().logarithmic() ? curve.places() : x.ticks();
        for (double tick : across) {
            line("<path d=\"M%.1f %dv6\" stroke=\"#222\"/>", right(tick), HEIGHT - BOTTOM);
            text(right(tick), HEIGHT - BOTTOM + 22.0, "middle", "", Numbers.brief(tick));
        }
        line("<path d=\"M%d %dV%dH%d\" fill=\"none\" stroke=\"#222\"/>", LEFT, TOP, HEIGHT - BOTTOM, WIDTH - RIGHT);
        text(
                (LEFT + WIDTH - RIGHT) / 2.0,
                HEIGHT - 14.0,
                "middle",
                "",
                curve.x().label());
        double middle = (TOP + HEIGHT - BOTTOM) / 2.0;
        text(
                20,
                middle,
                "middle",
                "transform=\"rotate(-90 20 " + middle + ")\"",
                curve.y().label());
    }

    private void contestant(Line contestant, int number) {
        String colour = COLOURS.get(number % COLOURS.size());
        String mark = MARKS.get(number % MARKS.size());
        line("<g stroke=\"%s\" fill=\"none\" stroke-width=\"2\">", colour);
        line("<path d=\"%s\"/>", path(contestant.points()));
        contestant.points().forEach(this::spread);
        line("</g>");
        line("<g fill=\"%s\">", colour);
        contestant
                .points()
                .forEach(point -> mark(mark, right(point.x()), down(point.y().median())));
        double legend = HEIGHT + LEGEND * (number + 0.2);
        mark(mark, LEFT + 6.0, legend);
        line("</g>");
        text(LEFT + 20.0, legend + 4.5, "start", "", contestant.name());
    }

    private String path(List<Point> points) {
        return "M"
                + points.stream()
                        .map(point -> format(
                                "%.1f %.1f", right(point.x()), down(point.y().median())))
                        .collect(Collectors.joining("L"));
    }

    private void spread(Point point) {
        line(
                "<path d=\"M%.1f %.1fV%.1f\" stroke-width=\"1.2\"/>",
                right(point.x()), down(point.y().lowest()), down(point.y().highest()));
    }

    private void mark(String shape, double atX, double atY) {
        line("<path transform=\"translate(%.1f %.1f)\" d=\"%s\"/>", atX, atY, shape);
    }

    private void text(double atX, double atY, String anchor, String more, String text) {
        line("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" %s>%s</text>", atX, atY, anchor, more, escaped(text));
    }

    private double right(double value) {
        return LEFT + 10 + x.of(value) * (WIDTH - LEFT - RIGHT - 30);
    }

    private double down(double value) {
        return HEIGHT - BOTTOM - y.of(value) * (HEIGHT - BOTTOM - TOP);
    }

    private void line(String text, Object... values) {
        svg.append(format(text, values)).append('\n');
    }

    private static String format(String text, Object... values) {
        return values.length == 0 ? text : String.format(Locale.ROOT, text, values);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
