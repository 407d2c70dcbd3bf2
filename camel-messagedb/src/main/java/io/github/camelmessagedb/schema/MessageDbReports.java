package io.github.camelmessagedb.schema;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Message DB's report views. They count all messages: on a large store that takes its time.
 *
 * @since 0.1.0
 */
public final class MessageDbReports {

    private final DataSource dataSource;

    private MessageDbReports(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The reports of the data source's database. */
    public static MessageDbReports on(DataSource dataSource) {
        return new MessageDbReports(dataSource);
    }

    /**
     * Reads a report.
     *
     * @param filter what the report's first name has to have in it, as it is; everything has an empty one
     * @throws SchemaException if the database refuses, or has no Message DB
     */
    public ReportTable read(Report report, String filter) {
        ReportSql sql = ReportSql.of(report);
        try {
            return SchemaTransaction.look(
                    dataSource,
                    transaction -> new ReportTable(
                            sql.columns(),
                            transaction.rows(
                                    sql.rows(), row -> texts(row, sql.columns().size()), filter),
                            Long.parseLong(transaction.text(sql.total(), filter))));
        } catch (SQLException e) {
            throw SchemaErrors.translate("The report cannot be read", e);
        }
    }

    private static List<String> texts(ResultSet row, int columns) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
            texts.add(row.getString(i));
        }
        return texts;
    }
}
