package io.github.camelmessagedb.schema;

/** There are messages, and nobody said that they may go: see {@link Removal}. Nothing was changed. */
public final class MessagesPresentException extends SchemaException {

    private static final long serialVersionUID = 1L;

    MessagesPresentException(String database, String lastPosition) {
        super("Message DB in the database %s cannot be uninstalled: it holds messages, the last of them at the global"
                        .formatted(database)
                + " position " + lastPosition + ", and they would be gone. Where that is meant, say Removal."
                + Removal.EVEN_WITH_MESSAGES);
    }
}
