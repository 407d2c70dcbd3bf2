package io.github.camelmessagedb.starter;

import io.github.camelmessagedb.schema.MessageDbSchema;
import io.github.camelmessagedb.schema.MessageDbSchema.Outcome;
import io.github.camelmessagedb.schema.SchemaException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.ClassUtils;

/** In which databases Message DB is installed when the application starts. */
public enum InitializeSchema {

    /** In embedded ones, which have it as soon as they run. */
    EMBEDDED,
    /** In whichever is used. Where there is a Message DB it is left as it is. */
    ALWAYS,
    /** In none. */
    NEVER;

    private static final Logger LOG = LoggerFactory.getLogger(InitializeSchema.class);

    private static final boolean SPRING_JDBC_IS_PRESENT = ClassUtils.isPresent(
            "org.springframework.jdbc.datasource.DataSourceUtils", InitializeSchema.class.getClassLoader());

    void prepare(DataSource given) {
        // Else a transaction that is under way would be ended with what is done here.
        DataSource dataSource = SPRING_JDBC_IS_PRESENT ? SpringConnections.withoutTransactions(given) : given;
        MessageDbSchema schema = MessageDbSchema.on(dataSource);
        if (this != ALWAYS) {
            require(schema, dataSource);
        } else if (schema.install() == Outcome.INSTALLED) {
            LOG.info("Message DB was installed, as camel.component.messagedb.initialize-schema=always says");
        }
    }

    private void require(MessageDbSchema schema, DataSource dataSource) {
        try {
            if (schema.version().isEmpty()) {
                throw new MessageDbMissingException(databaseOf(dataSource), this);
            }
        } catch (SchemaException | SQLException e) {
            // The component waits for a database that is away, and says what is wrong with one that refuses.
            LOG.debug("Whether there is a Message DB cannot be seen", e);
        }
    }

    private static String databaseOf(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return connection.getCatalog();
        }
    }
}
