package io.github.camelmessagedb.benchmarks.measure;

import java.time.LocalDate;
import java.time.ZoneOffset;

/** What it was measured on. */
public record Machine(String date, int processors, String system, String java, String postgres, String camel) {

    public static Machine of(String postgres, String camel) {
        return new Machine(
                LocalDate.now(ZoneOffset.UTC).toString(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.vendor") + " " + System.getProperty("java.version"),
                postgres,
                camel);
    }

    String text() {
        return date + ", " + processors + " processors, " + system + ", Java " + java + ", PostgreSQL " + postgres
                + ", Camel " + camel;
    }
}
