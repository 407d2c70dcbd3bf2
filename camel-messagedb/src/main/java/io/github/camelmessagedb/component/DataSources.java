package io.github.camelmessagedb.component;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.camel.spi.Registry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the data source of a component, and closes what it opened for it. */
final class DataSources {

    private static final Logger LOG = LoggerFactory.getLogger(DataSources.class);

    /** Hikari's own half a minute is as long as nobody is told of an outage, and as long as a stop waits for it. */
    private static final long CONNECTION_TIMEOUT_MS = 5000;

    /** What the URL says goes before it. Longer than any wait for a lock that is not an accident. */
    private static final String SOCKET_TIMEOUT_S = "60";

    private static final String HOW_TO =
            "Put one DataSource into the registry, set the component's option dataSource, or"
                    + " its options jdbcUrl, username and password";

    private final MessageDbComponent component;
    private Consumer<DataSource> preparation = dataSource -> {};
    private @Nullable DataSource found;
    private @Nullable String url;
    /** Closes what was opened here. */
    private @Nullable Runnable owned;

    DataSources(MessageDbComponent component) {
        this.component = component;
    }

    /** What is done before the first use. */
    synchronized void prepareBy(Consumer<DataSource> preparation) {
        this.preparation = preparation;
    }

    synchronized DataSource find() {
        if (found == null) {
            found = prepared(look());
        }
        return found;
    }

    private DataSource prepared(DataSource dataSource) {
        try {
            preparation.accept(dataSource);
            return dataSource;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Where the database is, if it is known, without credentials. */
    synchronized @Nullable String url() {
        return url;
    }

    private DataSource look() {
        DataSource given = component.getDataSource();
        String jdbcUrl = component.getJdbcUrl();
        if (given != null && jdbcUrl != null) {
            throw new IllegalArgumentException(
                    "The messagedb component has both a dataSource and a jdbcUrl: set one of them");
        }
        if (given != null) {
            return given;
        }
        if (jdbcUrl != null) {
            return pool(jdbcUrl);
        }
        if (component.getUsername() != null || component.getPassword() != null) {
            throw new IllegalArgumentException(
                    "The messagedb component has a username or a password, but no jdbcUrl to use them with: set jdbcUrl,"
                            + " such as jdbc:postgresql://localhost:5432/message_store");
        }
        DataSource registered = isAutowired() ? registered() : null;
        return registered == null ? development() : registered;
    }

    private boolean isAutowired() {
        return component.isAutowiredEnabled() && component.getCamelContext().isAutowiredEnabled();
    }

    private @Nullable DataSource registered() {
        Map<String, DataSource> candidates =
                component.getCamelContext().getRegistry().findByTypeWithName(DataSource.class);
        if (candidates.values().stream().distinct().count() > 1) {
            throw new IllegalArgumentException("There are " + candidates.size() + " data sources in the registry, "
                    + new TreeSet<>(candidates.keySet())
                    + ": say which one, with the component's or the endpoint's option dataSource=#bean:"
                    + new TreeSet<>(candidates.keySet()).first());
        }
        return candidates.isEmpty() ? null : candidates.values().iterator().next();
    }

    private DataSource pool(String jdbcUrl) {
        requireNoCredentials(jdbcUrl);
        HikariConfig config = new HikariConfig();
        config.setPoolName("camel-messagedb");
        config.setJdbcUrl(jdbcUrl);
        config.setUsername(component.getUsername());
        config.setPassword(component.getPassword());
        config.addDataSourceProperty("ApplicationName", "camel-messagedb");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        // Without it a connection whose other end has vanished is waited for as long as the operating system likes.
        config.addDataSourceProperty("socketTimeout", SOCKET_TIMEOUT_S);
        // A database that is away at the start is waited for like one that goes away later.
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(CONNECTION_TIMEOUT_MS);
        // Else a pool whose very first connection is killed while it asks for the default never opens another one: it
        // takes the level for -1 from then on.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        url = withoutParameters(jdbcUrl);
        HikariDataSource pool = open(config);
        owned = pool::close;
        return pool;
    }

    /** The driver would take them for part of the host's name, and quote it in its errors. */
    private static void requireNoCredentials(String jdbcUrl) {
        if (jdbcUrl.matches("(?s)[^/?]*//[^/?]*@.*")) {
            throw new IllegalArgumentException("The jdbcUrl of the messagedb component has a user before its host: give"
                    + " user and password by the options username and password");
        }
    }

    /** Camel's own errors would not say how a bean is named, nor which there are. */
    static void requireBean(@Nullable Object option, Registry registry) {
        if (!(option instanceof String text) || text.matches("#(?!bean:).*:.*")) {
            return;
        }
        String name = text.replaceFirst("^#(bean:)?", "");
        if (text.startsWith("#") && registry.lookupByName(name) == null) {
            Set<String> others =
                    new TreeSet<>(registry.findByTypeWithName(DataSource.class).keySet());
            throw new IllegalArgumentException("Bad dataSource '" + text + "': there is no bean '" + name
                    + "' in the registry. "
                    + (others.isEmpty()
                            ? "It has no data source at all: bind one, or leave the option out and set the component's jdbcUrl"
                            : "Its data sources are " + others + ": write dataSource=#bean:"
                                    + others.iterator().next()));
        }
        if (!text.startsWith("#")) {
            throw new IllegalArgumentException("Bad dataSource '" + name
                    + "': it must be a bean of the registry, such as dataSource=#bean:" + name.replaceAll("\\W", ""));
        }
    }

    private HikariDataSource open(HikariConfig config) {
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException e) {
            // Its own message and cause would quote the whole URL.
            throw new IllegalArgumentException("Bad jdbcUrl " + url + " of the messagedb component ("
                    + e.getClass().getSimpleName()
                    + "): it must look like jdbc:postgresql://localhost:5432/message_store");
        }
    }

    private DataSource development() {
        ClassLoader loader = component.getCamelContext().getApplicationContextClassLoader();
        DevelopmentDatabase database = ServiceLoader.load(
                        DevelopmentDatabase.class, loader == null ? getClass().getClassLoader() : loader)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "The messagedb component has no data source, and there is none in the registry. " + HOW_TO
                                + "; or, for development, put camel-messagedb-embedded on the class path"));
        owned = database::close;
        DataSource dataSource = database.dataSource();
        url = withoutParameters(database.jdbcUrl());
        LOG.warn(
                "No data source is configured: using an embedded database at {}, for development only. What is written to it"
                        + " is gone when the program ends. For another one: {}",
                url,
                HOW_TO);
        return dataSource;
    }

    /** Parameters of a URL can hold credentials. */
    private static String withoutParameters(String jdbcUrl) {
        int parameters = jdbcUrl.indexOf('?');
        return parameters < 0 ? jdbcUrl : jdbcUrl.substring(0, parameters);
    }

    synchronized void close() {
        Runnable closing = owned;
        owned = null;
        found = null;
        url = null;
        if (closing != null) {
            closing.run();
        }
    }
}
