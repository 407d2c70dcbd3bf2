package io.github.camelmessagedb.schema;

import java.util.List;

/**
 * What a {@link Report} tells.
 *
 * @param columns their names; the last two are numbers
 * @param rows the columns' texts, in the report's order
 * @param totalCount how many messages there are with such a name, or in all where no filter was given
 */
public record ReportTable(List<String> columns, List<List<String>> rows, long totalCount) {

    /** Makes the lists unmodifiable. */
    public ReportTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}
