package io.github.camelmessagedb.schema;

import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** The role of the data source lacks a privilege that what it was asked for needs; nothing was changed. */
public final class MissingPrivilegeException extends SchemaException {

    private static final long serialVersionUID = 1L;

    /** Statements for a superuser. */
    private final transient List<String> remedies;

    MissingPrivilegeException(String problem, String role, List<MissingPrivilege> missing) {
        super("%s: the role %s lacks %s. Do it as a superuser, or ask one to run: %s"
                .formatted(
                        problem,
                        role,
                        missing.stream().map(MissingPrivilege::privilege).collect(Collectors.joining(" and ")),
                        missing.stream().map(MissingPrivilege::remedy).collect(Collectors.joining("; "))));
        this.remedies = missing.stream().map(MissingPrivilege::remedy).toList();
    }

    MissingPrivilegeException(String problem, String reason, SQLException cause) {
        super("%s: %s. Do it as a superuser, or ask one for that privilege.".formatted(problem, reason), cause);
        this.remedies = List.of();
    }

    /** The statements that a superuser can run to mend it; empty where only the database's own message is known. */
    public List<String> remedies() {
        return remedies;
    }
}
