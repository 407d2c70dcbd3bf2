package io.github.camelmessagedb.store;

import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The stores that tests write to: past {@code write_message} where the system property {@code messagedb.test.fastWrites}
 * says so, or in a test class with this extension. Then even two messages go past it, which gain nothing by that.
 */
public final class TestStores implements BeforeAllCallback, AfterAllCallback {

    private static final String PROPERTY = "messagedb.test.fastWrites";
    private static final boolean ALWAYS_FAST = Boolean.getBoolean(PROPERTY);

    private static volatile boolean fast = ALWAYS_FAST;

    /** What was said about it stays as it is for the life of a test. */
    private static final Duration NEVER = Duration.ofDays(1);

    @Override
    public void beforeAll(ExtensionContext context) {
        fast = true;
    }

    @Override
    public void afterAll(ExtensionContext context) {
        fast = ALWAYS_FAST;
    }

    /** A store whose every call is a transaction of its own. */
    public static MessageStore of(DataSource dataSource) {
        return of(new MessageStore(dataSource));
    }

    /** A store whose calls join the transactions that the strategy knows of. */
    public static MessageStore of(DataSource dataSource, ConnectionStrategy strategy) {
        return of(new MessageStore(dataSource, strategy));
    }

    /** For the URI of an endpoint that writes: the option fastWrites, as the system property has it. */
    public static String option() {
        return "fastWrites=" + ALWAYS_FAST;
    }

    /** For the command line of a JVM whose stores are to be as this one's. */
    public static String systemProperty() {
        return "-D" + PROPERTY + "=" + ALWAYS_FAST;
    }

    private static MessageStore of(MessageStore plain) {
        return fast ? plain.with(FastWrites.on(2, NEVER, status -> {})) : plain;
    }
}
