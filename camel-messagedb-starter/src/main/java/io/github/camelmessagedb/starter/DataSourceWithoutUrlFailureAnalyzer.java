package io.github.camelmessagedb.starter;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Says what to do where only the component has a URL and the application has a {@code DataSource}, of Boot's making, that
 * has none. Boot's own analysis does not know of the component.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class DataSourceWithoutUrlFailureAnalyzer implements FailureAnalyzer {

    /** In another package with Boot 3. */
    private static final String FAILURE = "DataSourceBeanCreationException";

    private static final String URL_OF_COMPONENT = "camel.component.messagedb.jdbc-url";

    private final Environment environment;

    DataSourceWithoutUrlFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !cause.getClass().getSimpleName().equals(FAILURE)) {
            cause = cause.getCause();
        }
        return cause == null || !environment.containsProperty(URL_OF_COMPONENT)
                ? null
                : new FailureAnalysis(
                        URL_OF_COMPONENT
                                + " is for the component alone, and the application has a DataSource, too, because"
                                + " of spring-boot-starter-jdbc or the like on its class path: that one has no URL.",
                        "Set spring.datasource.url, username and password instead of camel.component.messagedb.*: the"
                                + " component uses the application's DataSource, and takes part in its transactions. Or, if"
                                + " nothing but the component needs a database, set\n\n    spring.autoconfigure.exclude="
                                + autoConfiguration(),
                        cause);
    }

    private static String autoConfiguration() {
        boolean is4 = ClassUtils.isPresent(
                BootClasses.DATA_SOURCE, DataSourceWithoutUrlFailureAnalyzer.class.getClassLoader());
        return is4 ? BootClasses.DATA_SOURCE : BootClasses.DATA_SOURCE_OF_BOOT_3;
    }
}
