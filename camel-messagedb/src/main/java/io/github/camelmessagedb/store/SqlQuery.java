package io.github.camelmessagedb.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query of a user's own with named parameters.
 *
 * @param text with the driver's placeholders
 * @param parameters the name for each placeholder
 */
record SqlQuery(String text, List<String> parameters) {

    private static final Set<String> KNOWN = Set.of("stream_name", "position", "batch_size");

    /** What is passed over as it is, and what is looked for: a cast, a parameter, a question mark, a semicolon. */
    private static final Pattern TOKEN = Pattern.compile("""
            (?s)(?<opaque>
              [eE]'(?:[^'\\\\]|\\\\.|'')*'
              |'(?:[^']|'')*'
              |"(?:[^"]|"")*"
              |(?<tag>\\$(?:[\\p{L}_][\\p{L}\\p{N}_]*)?\\$).*?\\k<tag>
              |--[^\\n]*
              |/\\*.*?\\*/
              |::)
            |:(?<name>[a-zA-Z_]\\w*)
            |(?<mark>\\?)
            |(?<end>;)\\s*""", Pattern.COMMENTS);

    static SqlQuery parse(String sql) {
        if (sql.isBlank()) {
            throw new IllegalArgumentException("The sql is empty");
        }
        StringBuilder text = new StringBuilder();
        List<String> parameters = new ArrayList<>();
        Matcher token = TOKEN.matcher(sql);
        while (token.find()) {
            token.appendReplacement(text, Matcher.quoteReplacement(replacement(token, sql, parameters)));
        }
        token.appendTail(text);
        return new SqlQuery(text.toString(), List.copyOf(parameters));
    }

    private static String replacement(Matcher token, String sql, List<String> parameters) {
        String name = token.group("name");
        if (name != null) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("Unknown parameter :" + name
                        + " in the sql: there are :stream_name, :position and :batch_size");
            }
            parameters.add(name);
            return "?";
        }
        if (token.group("end") != null) {
            if (token.end() < sql.length()) {
                throw new IllegalArgumentException("The sql has more than one statement");
            }
            return "";
        }
        // For the driver a question mark is a placeholder, unless it is doubled.
        return token.group("mark") != null ? "??" : token.group();
    }

    Page execute(Jdbc.Session session, ReadQuery query) throws SQLException {
        if (!query.filter().isNone()) {
            throw new IllegalArgumentException("An sql of its own takes no filter: put it into the sql");
        }
        try (RoundTrip roundTrip = RoundTrip.prepare(session, List.of(), SqlText.ofOwn(text))) {
            bind(roundTrip.statement(), query);
            List<StoredMessage> messages = new ArrayList<>();
            try (ResultSet rows = roundTrip.execute()) {
                while (rows.next()) {
                    messages.add(Rows.message(rows));
                }
            }
            return page(messages, query);
        }
    }

    private void bind(PreparedStatement statement, ReadQuery query) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            switch (parameters.get(i)) {
                case "stream_name" ->
                    RoundTrip.setText(statement, i + 1, query.name().value());
                case "position" -> statement.setLong(i + 1, query.position());
                default -> statement.setLong(i + 1, query.batchSize());
            }
        }
    }

    private static Page page(List<StoredMessage> messages, ReadQuery query) {
        if (messages.isEmpty()) {
            return Page.nothing(query.position(), true);
        }
        StoredMessage last = messages.get(messages.size() - 1);
        long position = query.name().isCategory() ? last.globalPosition() : last.position();
        boolean endReached = query.batchSize() == ReadQuery.UNLIMITED || messages.size() < query.batchSize();
        return new Page(messages, position + 1, endReached, last.id(), null);
    }
}
