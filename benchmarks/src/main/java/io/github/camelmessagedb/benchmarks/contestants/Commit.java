package io.github.camelmessagedb.benchmarks.contestants;

/** What a commit waits for. */
public enum Commit {
    /** For nothing: what was committed last can be lost in a crash. */
    OFF,
    /** For the disk. */
    ON;

    /** In keys of figures. */
    public String key() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** For whoever connects through libpq or the JDBC driver. */
    public String options() {
        return "-c synchronous_commit=" + key();
    }
}
