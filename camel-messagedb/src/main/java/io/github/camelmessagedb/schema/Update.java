package io.github.camelmessagedb.schema;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** Brings an older Message DB to our version, as far as the original's update scripts do, within one transaction. */
final class Update {

    /** What versions since 1.0.0 differ in; other functions are replaced only if they are known to be old. */
    private static final Set<String> CHANGED =
            Set.of("get_stream_messages", "get_category_messages", "get_last_stream_message", Versions.FUNCTION);

    private final SchemaTransaction transaction;
    private final List<Item> inventory;

    private Update(SchemaTransaction transaction) throws SQLException {
        this.transaction = transaction;
        this.inventory = Item.inventory(transaction);
    }

    static UpdateOutcome run(SchemaTransaction transaction) throws SQLException {
        requirePresent(transaction);
        transaction.execute(SchemaSql.LOCK);
        return new Update(transaction).run();
    }

    private static void requirePresent(SchemaTransaction transaction) throws SQLException {
        if (transaction.isTrue(SchemaSql.IS_PRESENT)) {
            return;
        }
        String database = transaction.text(SchemaSql.CURRENT_DATABASE);
        throw new SchemaException(
                transaction.isTrue(SchemaSql.IS_BEFORE_VERSION_1)
                        ? "Message DB in the database %s cannot be updated: its table is not in the schema message_store, so it"
                                        .formatted(database)
                                + " is older than 1.0.0. The original's script update/1.0.0.sh brings it to 1.0.0"
                        : "There is no Message DB in the database %s to update: install it".formatted(database));
    }

    private UpdateOutcome run() throws SQLException {
        String from = updatableVersion();
        if (!from.equals(Contract.VERSION)) {
            MessageDbSchema.requirePrivileges(transaction, "Message DB cannot be updated", SchemaSql.MISSING_TO_UPDATE);
            for (Contract.Entry entry : Contract.read().entries()) {
                if (entry.kind().equals("function") && isToBeReplaced(entry)) {
                    transaction.execute(SchemaSql.definition(entry.baseName()).orElseThrow());
                }
            }
            transaction.execute(SchemaSql.script("update.sql"));
        }
        return new UpdateOutcome(from, Contract.VERSION);
    }

    private String updatableVersion() {
        String version = Versions.of(inventory)
                .orElseThrow(
                        () -> new SchemaException("Message DB cannot be updated: it does not say which version it is"
                                + " (message_store_version)"));
        if (Versions.isOlder(version, Versions.OLDEST) || Versions.isOlder(Contract.VERSION, version)) {
            throw new SchemaException(
                    "Message DB cannot be updated: it is version %s, and only versions from %s to %s are"
                                    .formatted(version, Versions.OLDEST, Contract.VERSION)
                            + " known here. It was left as it is");
        }
        return version;
    }

    private boolean isToBeReplaced(Contract.Entry entry) {
        return CHANGED.contains(entry.baseName())
                || inventory.stream()
                        .filter(item -> item.is(entry.kind(), entry.name()))
                        .noneMatch(item -> !entry.oldTexts().contains(item.fingerprint()));
    }
}
