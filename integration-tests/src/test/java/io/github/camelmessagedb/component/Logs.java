package io.github.camelmessagedb.component;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What a logger says while this is open, from a level on; each line begins with its level. */
final class Logs extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;
    private final Level levelBefore;

    private Logs(String name, Level level) {
        this.logger = (Logger) LoggerFactory.getLogger(name);
        this.levelBefore = logger.getLevel();
        logger.setLevel(level);
        setContext(logger.getLoggerContext());
        start();
        logger.addAppender(this);
    }

    static Logs of(Class<?> source) {
        return new Logs(source.getName(), Level.INFO);
    }

    /** Everything that everybody says. */
    static Logs ofAll() {
        Logs logs = new Logs(Logger.ROOT_LOGGER_NAME, Level.TRACE);
        logs.logger.getAppender("console").addFilter(new ch.qos.logback.core.filter.Filter<>() {
            @Override
            public ch.qos.logback.core.spi.FilterReply decide(ILoggingEvent event) {
                return logs.isStarted() && event.getLevel().toInt() < Level.WARN_INT
                        ? ch.qos.logback.core.spi.FilterReply.DENY
                        : ch.qos.logback.core.spi.FilterReply.NEUTRAL;
            }
        });
        return logs;
    }

    @Override
    protected void append(ILoggingEvent event) {
        String trace =
                event.getThrowableProxy() == null ? "" : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy());
        lines.add(event.getLevel() + " " + event.getFormattedMessage() + trace);
    }

    List<String> all() {
        return lines;
    }

    List<String> errors() {
        return lines.stream().filter(line -> line.startsWith("ERROR")).toList();
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(levelBefore);
        stop();
    }
}
