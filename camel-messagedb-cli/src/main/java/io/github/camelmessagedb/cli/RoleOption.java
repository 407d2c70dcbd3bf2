package io.github.camelmessagedb.cli;

import io.github.camelmessagedb.schema.MessageDbSchema;
import picocli.CommandLine.Option;

/** The role that programs log in with. */
final class RoleOption {

    @Option(
            names = "--role",
            paramLabel = "NAME",
            defaultValue = MessageDbSchema.DEFAULT_ROLE,
            description = "The role that programs use it with (${DEFAULT-VALUE}).")
    private String role = MessageDbSchema.DEFAULT_ROLE;

    String name() {
        return role;
    }

    boolean isDefault() {
        return role.equals(MessageDbSchema.DEFAULT_ROLE);
    }
}
