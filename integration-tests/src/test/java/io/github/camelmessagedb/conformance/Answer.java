package io.github.camelmessagedb.conformance;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * All that a client can tell of what a query did, but for what our SQL cannot share with another's text: the lines of
 * functions in an error's context, and the layout of the command that a NOTICE shows.
 *
 * @param columns name and type of each
 * @param rows the columns' texts
 * @param notices severity and text of each
 * @param error null if there is none
 */
record Answer(
        List<String> columns,
        List<List<@Nullable String>> rows,
        List<String> notices,
        @Nullable String error) {

    private static final String COMMAND = "Generated Command: ";

    /** Its message quotes the rest of a command. */
    private static final String SYNTAX_ERROR = "42601";

    static Answer of(Statement statement, ResultSet result) throws SQLException {
        ResultSetMetaData metaData = result.getMetaData();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= metaData.getColumnCount(); i++) {
            columns.add(metaData.getColumnName(i) + " " + metaData.getColumnTypeName(i) + " " + metaData.getPrecision(i)
                    + " " + metaData.getScale(i));
        }
        List<List<@Nullable String>> rows = new ArrayList<>();
        while (result.next()) {
            List<@Nullable String> row = new ArrayList<>();
            for (int i = 1; i <= columns.size(); i++) {
                row.add(result.getString(i));
            }
            rows.add(row);
        }
        return new Answer(columns, rows, notices(statement), null);
    }

    static Answer of(Statement statement, SQLException e) throws SQLException {
        return new Answer(List.of(), List.of(), notices(statement), error(e));
    }

    private static List<String> notices(Statement statement) throws SQLException {
        List<String> notices = new ArrayList<>();
        for (SQLWarning warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            String text = warning.getMessage();
            notices.add(warning.getSQLState() + " " + (text.startsWith(COMMAND) ? withoutLayout(text) : text));
        }
        return notices;
    }

    private static String error(SQLException e) {
        ServerErrorMessage error = e instanceof PSQLException ours ? ours.getServerErrorMessage() : null;
        if (error == null) {
            return e.getSQLState() + " " + e.getMessage();
        }
        return Stream.of(
                        error.getSeverity(),
                        error.getSQLState(),
                        SYNTAX_ERROR.equals(error.getSQLState())
                                ? withoutLayout(error.getMessage())
                                : error.getMessage(),
                        withoutWhatIsNeverTheSame(error.getDetail()),
                        error.getHint(),
                        error.getSchema(),
                        error.getTable(),
                        error.getColumn(),
                        error.getDatatype(),
                        error.getConstraint())
                .map(String::valueOf)
                .collect(Collectors.joining(" | "));
    }

    private static @Nullable String withoutLayout(@Nullable String text) {
        return text == null ? null : text.replaceAll("\\s+", " ").strip();
    }

    /** The time of a row that failed, and its place in the table. */
    private static @Nullable String withoutWhatIsNeverTheSame(@Nullable String detail) {
        return detail == null
                ? null
                : detail.replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d(\\.\\d+)?", "<time>")
                        .replaceAll("tuple \\(\\d+,\\d+\\)", "tuple <place>");
    }
}
