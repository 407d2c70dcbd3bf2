package io.github.camelmessagedb.schema;

import java.sql.SQLException;

/** Message DB's objects could not be looked at or changed; nothing was changed. The cause is the database's error. */
public sealed class SchemaException extends RuntimeException
        permits MissingPrivilegeException, MessagesPresentException {

    private static final long serialVersionUID = 1L;

    SchemaException(String message, SQLException cause) {
        super(message, cause);
    }

    SchemaException(String message) {
        super(message);
    }
}
