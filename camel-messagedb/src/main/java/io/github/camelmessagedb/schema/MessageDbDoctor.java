package io.github.camelmessagedb.schema;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;

/**
 * Looks at a Message DB as the programs see it that use a data source: with the role and the settings of its connections.
 * It finds what makes them fail or miss messages, and says how to mend it.
 *
 * @since 0.1.0
 */
public final class MessageDbDoctor {

    private final DataSource dataSource;

    private MessageDbDoctor(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * The doctor of a data source.
     *
     * @param dataSource the one that the programs use
     */
    public static MessageDbDoctor on(DataSource dataSource) {
        return new MessageDbDoctor(dataSource);
    }

    /**
     * Looks, in one transaction of a few round trips that changes nothing and reads a few rows at the most.
     *
     * @param needs what the programs do: only what hinders them in that is a problem
     * @throws SchemaException if the database refuses to say, or cannot be reached
     */
    public Verification examine(Needs needs) {
        try {
            return SchemaTransaction.look(dataSource, transaction -> {
                Session session = Session.of(transaction);
                List<Finding> findings =
                        new ArrayList<>(new Examination(session, needs).of(verified(transaction, session)));
                if (transaction
                        .rows(SchemaSql.MAY_SEE_POSITIONS, row -> row.getBoolean(1))
                        .contains(true)) {
                    findings.addAll(withoutIds(transaction, needs));
                }
                findings.sort(Comparator.comparing(Finding::severity));
                return new Verification(findings);
            });
        } catch (SQLException e) {
            throw SchemaErrors.translate("Message DB cannot be looked at", e);
        }
    }

    private static List<Finding> verified(SchemaTransaction transaction, Session session) throws SQLException {
        List<Finding> findings =
                new ArrayList<>(new Comparison(Item.inventory(transaction), session.role()).findings());
        Positions.verify(transaction).ifPresent(findings::add);
        return findings;
    }

    private static List<Finding> withoutIds(SchemaTransaction transaction, Needs needs) throws SQLException {
        return needs.groupCategories().isEmpty()
                ? List.of()
                : transaction.rows(
                        SchemaSql.STREAMS_WITHOUT_ID,
                        row -> Examination.withoutId(row.getString(1)),
                        String.join("\n", needs.groupCategories()));
    }
}
