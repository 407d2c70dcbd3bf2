package io.github.camelmessagedb.schema;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** The role of the data source lacks a privilege that installing Message DB needs; nothing was changed. */
public final class MissingPrivilegeException extends SchemaException {

    private static final long serialVersionUID = 1L;

    /** Statements for a superuser. */
    private final transient List<String> remedies;

    MissingPrivilegeException(String role, List<MissingPrivilege> missing) {
        super("Message DB cannot be installed: the role %s lacks %s. Install it as a superuser, or ask one to run: %s"
                .formatted(
                        role,
                        missing.stream().map(MissingPrivilege::privilege).collect(Collectors.joining(" and ")),
                        missing.stream().map(MissingPrivilege::remedy).collect(Collectors.joining("; "))));
        this.remedies = missing.stream().map(MissingPrivilege::remedy).toList();
    }

    MissingPrivilegeException(SQLException cause) {
        super(
                "Message DB cannot be installed: %s. Install it as a superuser, or ask one for that privilege."
                        .formatted(cause.getMessage()),
                cause);
        this.remedies = List.of();
    }

    /** The statements that a superuser can run to mend it; empty where only the database's own message is known. */
    public List<String> remedies() {
        return remedies;
    }
}
