package io.github.camelmessagedb.benchmarks.measure;

import org.jspecify.annotations.Nullable;

/**
 * A line of the report.
 *
 * @param key what a target is given for
 * @param what in words
 * @param opponent against whom; empty for a figure that stands for itself
 * @param value a ratio, or with a unit what was measured; null where it could not be
 * @param unit x for a ratio
 * @param ours what the ratio was made of
 * @param theirs what the ratio was made of
 * @param limit the ratio that nobody can come above on this machine, where it was measured
 * @param missing why there is no value
 */
public record Figure(
        String key,
        String what,
        String opponent,
        @Nullable Spread value,
        String unit,
        @Nullable Spread ours,
        @Nullable Spread theirs,
        @Nullable Spread limit,
        @Nullable Missing missing) {

    /**
     * Why there is no value.
     *
     * @param isBuilt whether it is only this machine that cannot measure it
     */
    public record Missing(boolean isBuilt, String reason) {

        public static Missing skipped(String reason) {
            return new Missing(true, reason);
        }

        public static Missing notBuilt(String reason) {
            return new Missing(false, reason);
        }

        String text() {
            return (isBuilt ? "skipped: " : "not built: ") + reason;
        }
    }

    static Figure absolute(String key, String what, Spread value, String unit) {
        return new Figure(key, what, "", value, unit, null, null, null, null);
    }

    static Figure missing(String key, String what, String opponent, Missing missing) {
        return new Figure(key, what, opponent, null, "x", null, null, null, missing);
    }
}
