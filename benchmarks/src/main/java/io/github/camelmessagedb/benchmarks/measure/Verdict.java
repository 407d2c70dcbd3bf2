package io.github.camelmessagedb.benchmarks.measure;

/** What a figure is by its target. */
public enum Verdict {
    /** It has no target. */
    NONE(""),
    MET("ok"),
    /** It cannot be measured here. */
    OPEN("not measured"),
    MISSED("MISSED");

    private final String text;

    Verdict(String text) {
        this.text = text;
    }

    static Verdict of(Figure figure, Targets targets) {
        Target target = targets.of(figure.key()).orElse(null);
        if (target == null) {
            return NONE;
        }
        Spread value = figure.value();
        if (value != null) {
            return target.isMetBy(value.median()) ? MET : MISSED;
        }
        Figure.Missing missing = figure.missing();
        return missing != null && missing.isBuilt() ? OPEN : MISSED;
    }

    String text() {
        return text;
    }
}
