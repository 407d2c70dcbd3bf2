package io.github.camelmessagedb.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is bound to a statement, in the order in which its text has the parameters. */
final class Arguments {

    private final List<Object> values = new ArrayList<>();

    /** A number that may be null. */
    private record Limit(@Nullable Long value) {}

    void add(Object value) {
        values.add(value);
    }

    void addLimit(@Nullable Long limit) {
        values.add(new Limit(limit));
    }

    /** For {@link SqlText#IN_CATEGORY}. */
    void addCategoryRange(StreamName category, long from) {
        add(category.value());
        add(from);
        add(category.value());
    }

    /** Adds what the filter asks for and answers it as SQL; but for its condition, which the server's functions take. */
    String addFilters(Filter filter) {
        List<String> filters = new ArrayList<>();
        if (filter.group() != null) {
            filters.add(SqlText.OF_MEMBER);
            add((long) filter.group().size());
            add((long) filter.group().member());
        }
        if (!filter.types().isEmpty()) {
            filters.add(SqlText.OF_TYPES);
            add(filter.types().toArray(String[]::new));
        }
        if (filter.correlation() != null) {
            filters.add(SqlText.OF_CORRELATION);
            add(filter.correlation());
        }
        return filters.isEmpty() ? "true" : String.join(" AND ", filters);
    }

    void bind(Connection connection, PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value instanceof Limit number) {
                statement.setObject(i + 1, number.value(), Types.BIGINT);
            } else if (value instanceof String[] texts) {
                statement.setArray(i + 1, connection.createArrayOf("text", texts));
            } else if (value instanceof String text) {
                RoundTrip.setText(statement, i + 1, text);
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }
}
