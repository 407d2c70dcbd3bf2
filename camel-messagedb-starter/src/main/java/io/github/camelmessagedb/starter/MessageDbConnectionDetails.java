package io.github.camelmessagedb.starter;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/**
 * Where a Message DB is, for an application without a {@code DataSource}: a container's with {@code @ServiceConnection}.
 *
 * @since 0.1.0
 */
public interface MessageDbConnectionDetails extends ConnectionDetails {

    /** Such as {@code jdbc:postgresql://localhost:5432/message_store}. */
    String jdbcUrl();

    /** Whom to log in as. */
    String username();

    /** Null where none is asked for. */
    @Nullable
    String password();
}
