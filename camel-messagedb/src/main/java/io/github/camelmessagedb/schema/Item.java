package io.github.camelmessagedb.schema;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something of Message DB that is in the database, as inventory.sql tells it.
 *
 * @param kind such as {@code function}
 * @param name unique in its kind
 * @param definition what a user of it sees
 * @param text what a function or view does; null for others
 */
record Item(
        String kind,
        String name,
        String definition,
        @Nullable String text) {

    /** All there is; the transaction has the role's name already. */
    static List<Item> inventory(SchemaTransaction transaction) throws SQLException {
        transaction.execute(SchemaSql.CATALOG_PATH);
        return transaction.rows(SchemaSql.script("inventory.sql"), Item::of);
    }

    private static Item of(ResultSet row) throws SQLException {
        return new Item(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
    }

    boolean is(String otherKind, String otherName) {
        return kind.equals(otherKind) && name.equals(otherName);
    }

    @Nullable
    String fingerprint() {
        return text == null ? null : Fingerprint.of(text);
    }
}
