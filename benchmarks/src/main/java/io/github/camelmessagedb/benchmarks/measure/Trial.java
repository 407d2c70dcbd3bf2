package io.github.camelmessagedb.benchmarks.measure;

/** One run of one contestant. */
@FunctionalInterface
public interface Trial {

    Sample run() throws Exception;
}
