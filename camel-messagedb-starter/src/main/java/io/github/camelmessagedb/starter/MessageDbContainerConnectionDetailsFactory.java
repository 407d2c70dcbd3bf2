package io.github.camelmessagedb.starter;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.testcontainers.containers.Container;

/**
 * For containers of the image {@code ethangarofolo/message-db}. Its database was made when the image was, so that neither
 * database nor user can be chosen, and no password is asked for.
 */
final class MessageDbContainerConnectionDetailsFactory
        extends ContainerConnectionDetailsFactory<Container<?>, MessageDbConnectionDetails> {

    private static final int PORT = 5432;

    MessageDbContainerConnectionDetailsFactory() {
        super("ethangarofolo/message-db");
    }

    @Override
    protected MessageDbConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
        return new Details(source);
    }

    private static final class Details extends ContainerConnectionDetails<Container<?>>
            implements MessageDbConnectionDetails {

        Details(ContainerConnectionSource<Container<?>> source) {
            super(source);
        }

        @Override
        public String jdbcUrl() {
            return "jdbc:postgresql://%s:%d/message_store"
                    .formatted(getContainer().getHost(), getContainer().getMappedPort(PORT));
        }

        @Override
        public String username() {
            return "message_store";
        }

        @Override
        public @Nullable String password() {
            return null;
        }
    }
}
