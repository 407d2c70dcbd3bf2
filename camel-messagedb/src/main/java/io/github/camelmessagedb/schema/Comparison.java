package io.github.camelmessagedb.schema;

import io.github.camelmessagedb.schema.Contract.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What there is held against what there should be. */
final class Comparison {

    private final Contract contract = Contract.read();
    private final List<Item> inventory;
    private final String role;
    private final List<Finding> findings = new ArrayList<>();

    Comparison(List<Item> inventory, String role) {
        this.inventory = inventory;
        this.role = role;
    }

    List<Finding> findings() {
        if (find("table", "messages").isEmpty()) {
            return List.of(Finding.problem(
                    "schema message_store",
                    "There is no Message DB in this database: no table message_store.messages. Install it: install()"
                            + " in Java, messagedb install on the command line.",
                    null));
        }
        contract.entries().forEach(this::compare);
        grantee();
        inventory.forEach(this::look);
        findings.sort(Comparator.comparing(Finding::severity));
        return findings;
    }

    private void compare(Entry entry) {
        Optional<Item> found = find(entry.kind(), entry.name());
        if (found.isEmpty()) {
            problem(entry, "is missing", Remedies.create(entry, role));
            return;
        }
        Item item = found.get();
        if (!item.definition().equals(entry.definition())) {
            problem(
                    entry,
                    "is \"%s\", and should be \"%s\"".formatted(item.definition(), entry.definition()),
                    Remedies.recreate(entry, item, role));
        }
        if (item.text() != null && !entry.texts().contains(item.fingerprint())) {
            problem(entry, difference(entry, item), Remedies.replace(entry));
        }
    }

    private static String difference(Entry entry, Item item) {
        if (entry.baseName().equals(Versions.FUNCTION)) {
            return "answers %s, and should answer %s (update() brings a version from %s on there)"
                    .formatted(Versions.of(item).orElse("something else"), Contract.VERSION, Versions.OLDEST);
        }
        return entry.oldTexts().contains(item.fingerprint())
                ? "is that of an older Message DB, which update() replaces"
                : "does something else than that of Message DB " + Contract.VERSION
                        + ": somebody replaced it (its text is neither the original's nor ours)";
    }

    private void problem(Entry entry, String what, @Nullable String mend) {
        findings.add(Finding.problem(
                object(entry.kind(), entry.name()),
                "The %s %s. What that means: %s.%s"
                        .formatted(object(entry.kind(), entry.name()), what, entry.meaning(), Remedies.inWords(mend)),
                mend));
    }

    private void grantee() {
        Optional<Item> grantee = find("role", role);
        if (grantee.isEmpty()) {
            String mend = SchemaSql.createRole(role) + ";\n" + SchemaSql.script("privileges.sql", role);
            findings.add(Finding.problem(
                    object("role", role),
                    "The role %s is missing. What that means: programs cannot log in with it. Create it, and grant it its"
                                    .formatted(role)
                            + " privileges.",
                    mend));
        } else if (!grantee.get().definition().equals("LOGIN")) {
            findings.add(Finding.note(
                    object("role", role),
                    "The role %s cannot log in: programs need a role that is a member of it.".formatted(role),
                    null));
        }
    }

    private void look(Item item) {
        Finding finding = switch (item.kind()) {
            case "function" -> overload(item);
            case "privilege" -> privilege(item);
            case "column" -> column(item);
            case "trigger", "rule" ->
                Finding.note(
                        object(item.kind(), item.name()),
                        "There is a %s on the table messages: %s. It runs within each write: what it does, and the"
                                        .formatted(item.kind(), item.definition())
                                + " locks that it takes, hold up all writers of a category.",
                        null);
            case "excess" ->
                Finding.note(
                        object("privilege", item.name()),
                        "The role %s has %s, which programs do not need: messages are to be written and read, and"
                                        .formatted(role, item.name())
                                + " never to be changed.",
                        null);
            case "encoding" -> encoding(item);
            case "path" -> path(item);
            default -> null;
        };
        if (finding != null) {
            findings.add(finding);
        }
    }

    private @Nullable Finding overload(Item item) {
        boolean ours = contract.entries().stream().anyMatch(entry -> item.is(entry.kind(), entry.name()));
        if (ours || !contract.hasFunction(Contract.baseName(item.name()))) {
            return null;
        }
        return Finding.problem(
                object("function", item.name()),
                "There is a function %s that Message DB %s does not have. What that means: calls with fewer arguments can"
                                .formatted(item.name(), Contract.VERSION)
                        + " mean either, and fail. Where it is left over from an older version, update() drops it; or drop"
                        + " it yourself.",
                SchemaSql.drop("function", item.name()));
    }

    private @Nullable Finding privilege(Item item) {
        boolean ours = contract.entries().stream()
                .anyMatch(entry -> item.name().endsWith("message_store." + entry.name())
                        || item.name().equals("USAGE ON SCHEMA message_store"));
        if (!ours || Boolean.parseBoolean(item.definition())) {
            return null;
        }
        String mend = SchemaSql.grant(item.name(), role);
        return Finding.problem(
                object("privilege", item.name()),
                "The role %s lacks %s. What that means: programs that log in with it fail.%s"
                        .formatted(role, item.name(), Remedies.inWords(mend)),
                mend);
    }

    private @Nullable Finding column(Item item) {
        boolean ours = contract.entries().stream().anyMatch(entry -> item.is(entry.kind(), entry.name()));
        return ours
                ? null
                : Finding.note(
                        object("column", item.name()),
                        "There is a column %s (%s) that Message DB does not have. Without a default it must not be NOT"
                                        .formatted(item.name(), item.definition())
                                + " NULL: writes would fail.",
                        null);
    }

    private static @Nullable Finding encoding(Item item) {
        return item.definition().equals("UTF8")
                ? null
                : Finding.note(
                        object("database", item.name()),
                        "The database's encoding is %s, not UTF8: for names that are not plain ASCII the members of consumer"
                                        .formatted(item.definition())
                                + " groups come out otherwise than clients compute them.",
                        null);
    }

    /** The role message_store finds Message DB's schema by its own name. */
    private @Nullable Finding path(Item item) {
        if (role.equals("message_store") || String.valueOf(item.definition()).contains("message_store")) {
            return null;
        }
        return Finding.note(
                object("role", role),
                "The search_path of the role %s does not have message_store: this project's component sets it by itself, for"
                                .formatted(role)
                        + " other programs set it, with ALTER ROLE or in their connections.",
                SchemaSql.searchPath(role));
    }

    private Optional<Item> find(String kind, String name) {
        return inventory.stream().filter(item -> item.is(kind, name)).findFirst();
    }

    static Stream<Item> functions(List<Item> inventory, String baseName) {
        return inventory.stream()
                .filter(item -> item.kind().equals("function")
                        && Contract.baseName(item.name()).equals(baseName));
    }

    private static String object(String kind, String name) {
        return kind + " " + name;
    }
}
