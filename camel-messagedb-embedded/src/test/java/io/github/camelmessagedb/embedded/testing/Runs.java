package io.github.camelmessagedb.embedded.testing;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.camelmessagedb.embedded.EmbeddedDatabase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Runs test classes inside of a test, each with its own JUnit engine, and keeps which databases they saw. */
final class Runs {

    private static final List<EmbeddedDatabase> SEEN = new CopyOnWriteArrayList<>();

    private Runs() {}

    static EngineExecutionResults of(Class<?>... classes) {
        SEEN.clear();
        return kit(classes).execute();
    }

    static EngineExecutionResults atOnce(Class<?>... classes) {
        SEEN.clear();
        return kit(classes)
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", "4")
                .execute();
    }

    private static EngineTestKit.Builder kit(Class<?>... classes) {
        ClassSelector[] selectors =
                Stream.of(classes).map(type -> selectClass(type)).toArray(ClassSelector[]::new);
        return EngineTestKit.engine("junit-jupiter").selectors(selectors);
    }

    /** Called by the tests that are run. */
    static void saw(EmbeddedDatabase database) {
        SEEN.add(database);
    }

    static List<String> seen() {
        return SEEN.stream().map(EmbeddedDatabase::name).toList();
    }

    static EmbeddedDatabase lastSeen() {
        return SEEN.get(SEEN.size() - 1);
    }
}
