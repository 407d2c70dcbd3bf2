package io.github.camelmessagedb.schema;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The queries of a report. Both have the filter as their only parameter, a part of the name. */
record ReportSql(List<String> columns, String rows, String total) {

    private static final List<String> NUMBERS = List.of("message_count", "percent");

    /** The names, and the order, in which the original's tools print them. */
    static ReportSql of(Report report) {
        return switch (report) {
            case STREAM_SUMMARY -> of(report, List.of("stream_name"), "message_count DESC, stream_name");
            case STREAM_TYPE_SUMMARY ->
                of(report, List.of("stream_name", "type"), "stream_name, message_count DESC, type");
            case CATEGORY_TYPE_SUMMARY -> of(report, List.of("category", "type"), "category, type");
            case TYPE_SUMMARY -> of(report, List.of("type"), "message_count DESC, type");
            case TYPE_STREAM_SUMMARY ->
                of(report, List.of("type", "stream_name"), "type, message_count DESC, stream_name");
            case TYPE_CATEGORY_SUMMARY -> of(report, List.of("type", "category"), "type, category");
        };
    }

    private static ReportSql of(Report report, List<String> names, String order) {
        List<String> columns = Stream.concat(names.stream(), NUMBERS.stream()).toList();
        String view = "message_store." + report.name().toLowerCase(Locale.ROOT);
        String column = names.get(0);
        return new ReportSql(
                columns,
                "SELECT " + String.join(", ", columns) + " FROM " + view + " WHERE strpos(" + column
                        + ", ?) > 0 ORDER BY " + order,
                "SELECT count(*) FROM message_store.messages WHERE strpos("
                        + (column.equals("category") ? "message_store.category(stream_name)" : column) + ", ?) > 0");
    }
}
