package io.github.camelmessagedb.starter;

import java.util.Locale;

/** The component's database has no Message DB, and none is to be installed. */
final class MessageDbMissingException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    static final String REMEDY = "Set camel.component.messagedb.initialize-schema=always and connect as a role that may"
            + " create schemas and roles, or install Message DB beforehand (messagedb install), or correct the database's"
            + " name.";

    private final String problem;

    MessageDbMissingException(String database, InitializeSchema mode) {
        this(
                "There is no Message DB in the database %s, and camel.component.messagedb.initialize-schema=%s leaves it so."
                        .formatted(database, mode.name().toLowerCase(Locale.ROOT)));
    }

    private MessageDbMissingException(String problem) {
        super(problem + " " + REMEDY);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
