package io.github.camelmessagedb.schema;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Whether the next global position is a new one. After a restore of the table alone it is not. */
final class Positions {

    private static final String OBJECT = "sequence messages_global_position_seq";

    private Positions() {}

    static Optional<Finding> verify(SchemaTransaction transaction) throws SQLException {
        List<Boolean> mayBeSeen = transaction.rows(SchemaSql.MAY_SEE_POSITIONS, row -> row.getBoolean(1));
        if (mayBeSeen.isEmpty()) {
            return Optional.empty();
        }
        if (!mayBeSeen.get(0)) {
            return Optional.of(Finding.unseen(
                    OBJECT,
                    "The role %s may not read messages and their sequence, so it could not be seen whether new global"
                                    .formatted(transaction.text(SchemaSql.CURRENT_ROLE))
                            + " positions are above those that are there.",
                    null));
        }
        return transaction.rows(SchemaSql.POSITION_AHEAD, row -> row.getString(1)).stream()
                .map(position -> Finding.problem(
                        OBJECT,
                        "The last global position is %s. What that means: writes fail with a duplicate of messages_pkey, or"
                                        .formatted(position)
                                + " get positions that consumers have passed. Statements of ours mend it: remedy() in Java,"
                                + " messagedb verify --sql on the command line.",
                        SchemaSql.ADVANCE_SEQUENCE))
                .findFirst();
    }
}
