package io.github.camelmessagedb.store;

import java.util.List;

/** Every SQL text that this package sends. What Message DB's own names need is qualified. */
final class SqlText {

    /**
     * Message DB's functions name its table and each other without a schema. For this transaction alone the schema comes
     * first; what was in the path stays, for triggers and functions of the owner's; temporary tables come last, where
     * they shadow nothing.
     */
    static final String PATH = """
            SELECT set_config('search_path', concat_ws(', ', 'message_store',
                nullif(current_setting('search_path'), ''), 'pg_temp'), true)""";

    /**
     * Under a stricter default a transaction does not see what was committed while it waited for its category's lock, and
     * its write fails; the lock is all that a write needs. (With {@code SET LOCAL} the server would warn. This does not
     * outlive the transaction either: each one begins with its session's default.)
     */
    static final String READ_COMMITTED = "SET transaction_isolation TO 'read committed'";

    /** In somebody else's transaction the path is put back. */
    static final String REMEMBER_PATH =
            "SELECT set_config('camel_messagedb.search_path', current_setting('search_path'), true)";

    static final String RESTORE_PATH =
            "SELECT set_config('search_path', current_setting('camel_messagedb.search_path'), true)";

    /** Not by the driver's own methods, which XA connections refuse. */
    static final String SAVEPOINT = "SAVEPOINT camel_messagedb";

    static final String RELEASE_SAVEPOINT = "RELEASE SAVEPOINT camel_messagedb";

    static final String ROLL_BACK_TO_SAVEPOINT = "ROLLBACK TO SAVEPOINT camel_messagedb";

    /** One name of each category, sorted: two batches that meet in several categories must not wait for each other. */
    static final String LOCK_CATEGORIES = "SELECT count(message_store.acquire_lock(c)) FROM unnest(?::varchar[]) AS c";

    static final String WRITE_ONE =
            "SELECT message_store.write_message(?::varchar, ?::varchar, ?::varchar, ?::jsonb, ?::jsonb, ?::bigint)";

    /** A volatile function in the select list is called after the sort, row by row. */
    static final String WRITE_MANY = """
            SELECT message_store.write_message(
                u.id, u.stream_name, u.type, u.data::jsonb, u.metadata::jsonb, u.expected_version)
            FROM unnest(?::varchar[], ?::varchar[], ?::varchar[], ?::text[], ?::text[], ?::bigint[])
                WITH ORDINALITY AS u(id, stream_name, type, data, metadata, expected_version, ord)
            ORDER BY u.ord""";

    /**
     * Where a version is not the expected one, -2 less that version: no error, which would undo what others have written. The
     * function looks once more, in case an owner has changed what is locked.
     */
    private static final String WRITTEN_OR_VERSION = """
            WHEN CASE WHEN u.expected_version IS NOT NULL
                THEN u.expected_version <> coalesce(message_store.stream_version(u.stream_name), -1) END
            THEN -2 - coalesce(message_store.stream_version(u.stream_name), -1)
            ELSE message_store.write_message(
                u.id, u.stream_name, u.type, u.data::jsonb, u.metadata::jsonb, u.expected_version)
            END
            """;

    /** Each is written, or not, for itself. */
    static final String WRITE_EACH = "SELECT CASE\n" + WRITTEN_OR_VERSION + """
            FROM unnest(?::varchar[], ?::varchar[], ?::varchar[], ?::text[], ?::text[], ?::bigint[])
                WITH ORDINALITY AS u(id, stream_name, type, data, metadata, expected_version, ord)
            ORDER BY u.ord""";

    /** Of each category whether its lock, the one that {@code acquire_lock} takes, could be had at once. */
    static final String FREE_LOCKS = """
            ARRAY(SELECT pg_catalog.pg_try_advisory_xact_lock(message_store.hash_64(c.name))
                FROM unnest(?::varchar[]) WITH ORDINALITY AS c(name, ord) ORDER BY c.ord)""";

    /**
     * The same for those categories whose locks can be had at once, and null for the messages of others. So it waits for no lock
     * while it holds another. The locks are asked for once, before any message is looked at; the functions that then look and
     * write see what was committed before.
     */
    static final String WRITE_FREE =
            "SELECT CASE\nWHEN NOT (" + FREE_LOCKS + ")[u.category]\nTHEN NULL\n" + WRITTEN_OR_VERSION + """
            FROM unnest(?::varchar[], ?::varchar[], ?::varchar[], ?::text[], ?::text[], ?::bigint[], ?::int[])
                WITH ORDINALITY AS u(id, stream_name, type, data, metadata, expected_version, category, ord)
            ORDER BY u.ord""";

    static final String COLUMNS = "id, stream_name, type, position, global_position, data, metadata, time";

    /**
     * The row comparison makes every planner read the index on category and global position, whatever the statistics
     * say; an equality on the category with a range of positions can end in a walk along the primary key, through all the
     * messages of other categories.
     */
    static final String IN_CATEGORY = inCategory("?", "?");

    private static final String CATEGORY_ORDER = "ORDER BY message_store.category(stream_name), global_position";

    private static final String CATEGORY_ORDER_BACK =
            "ORDER BY message_store.category(stream_name) DESC, global_position DESC";

    /**
     * A page has at most 1,000 messages or so: those that are not large fit into memory. A large one, by what it takes as it
     * is stored (compressed, which needs no look at it), comes without its content, for another statement to bring.
     */
    private static final String LARGE = "(pg_column_size(data) > 16384 OR pg_column_size(metadata) > 16384)";

    private static final String SMALL_COLUMNS = "id, stream_name, type, position, global_position,\n"
            + "    CASE WHEN " + LARGE + " THEN NULL ELSE data END AS data,\n"
            + "    CASE WHEN " + LARGE + " THEN NULL ELSE metadata END AS metadata, time, " + LARGE + " AS later";

    static final String FROM_CATEGORY =
            " FROM message_store.messages WHERE " + IN_CATEGORY + "\n" + CATEGORY_ORDER + " LIMIT ?::bigint";

    static final String FROM_STREAM = " FROM message_store.messages WHERE stream_name = ?"
            + " AND position >= ?::bigint ORDER BY position LIMIT ?::bigint";

    /** Walks the primary key. */
    static final String FROM_ALL =
            " FROM message_store.messages WHERE global_position >= ?::bigint ORDER BY global_position LIMIT ?::bigint";

    /** Conditions go through Message DB's own functions, which know whether the server takes them. */
    static final String FROM_CATEGORY_CONDITIONALLY =
            " FROM message_store.get_category_messages(?::varchar, ?::bigint, ?::bigint, NULL, NULL, NULL, ?::varchar)";

    static final String FROM_STREAM_CONDITIONALLY =
            " FROM message_store.get_stream_messages(?::varchar, ?::bigint, ?::bigint, ?::varchar)";

    static final String LAST_OF_CATEGORY = "SELECT global_position FROM message_store.messages WHERE " + IN_CATEGORY
            + "\n" + CATEGORY_ORDER_BACK + " LIMIT 1";

    static final String LAST_OF_ALL = "SELECT max(global_position) FROM message_store.messages";

    static final String STREAM_VERSION = "SELECT max(position) FROM message_store.messages WHERE stream_name = ?";

    static final String LAST_MESSAGE =
            "SELECT " + COLUMNS + " FROM message_store.messages WHERE stream_name = ? ORDER BY position DESC LIMIT 1";

    static final String LAST_MESSAGE_OF_TYPE = "SELECT " + COLUMNS
            + " FROM message_store.messages WHERE stream_name = ? AND type = ? ORDER BY position DESC LIMIT 1";

    static final String FIRST_OF_CATEGORY_SINCE = "SELECT global_position FROM message_store.messages WHERE "
            + IN_CATEGORY + " AND time >= ?\n" + CATEGORY_ORDER + " LIMIT 1";

    static final String FIRST_OF_STREAM_SINCE =
            "SELECT position FROM message_store.messages WHERE stream_name = ? AND time >= ? ORDER BY position LIMIT 1";

    static final String FIRST_OF_ALL_SINCE =
            "SELECT global_position FROM message_store.messages WHERE time >= ? ORDER BY global_position LIMIT 1";

    /** Every INSERT takes this lock before it takes a number, and holds it to the end of its transaction. */
    private static final String OF_WRITERS = """
            l.locktype = 'relation'
                AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
                AND l.relation = 'message_store.messages'::regclass AND l.mode = 'RowExclusiveLock' AND l.granted""";

    private static final String OF_SEQUENCE =
            "\nWHERE s.seqrelid = 'message_store.messages_global_position_seq'::regclass";

    /**
     * A transaction is told from the next one of its session; one that is prepared keeps its name, though it has no session
     * any more. One row at the least, of which the first two columns are of the server.
     */
    static final String OPEN_WRITERS = "SELECT pg_is_in_recovery(), s.seqcache, l.virtualtransaction\n"
            + "FROM pg_catalog.pg_sequence s LEFT JOIN pg_catalog.pg_locks l ON " + OF_WRITERS + OF_SEQUENCE;

    static final String NUMBERS =
            "SELECT last_value, is_called, pg_is_in_recovery() FROM message_store.messages_global_position_seq";

    /**
     * Whether of the numbers that were read <em>before</em> some may bring messages that a statement <em>after</em> it does
     * not see. A standby does not know who is writing, and sessions may have numbers in advance.
     */
    static final String MAY_STILL_APPEAR = "SELECT pg_is_in_recovery() OR s.seqcache <> 1\n"
            + "    OR EXISTS (SELECT FROM pg_catalog.pg_locks l WHERE " + OF_WRITERS + ")\n"
            + "FROM pg_catalog.pg_sequence s" + OF_SEQUENCE;

    /** Of categories, streams and all with their last positions those that have a message after it. */
    static final String ARRIVED = arrived(inCategory("w.name", "w.position + 1") + " " + CATEGORY_ORDER)
            + "\nUNION ALL "
            + arrived("stream_name = w.name AND position >= w.position + 1 ORDER BY position")
            + "\nUNION ALL " + arrived("global_position >= w.position + 1 ORDER BY global_position");

    /**
     * For a statement that looks at all messages of a category, in its transaction alone. Where the store is large and its
     * statistics are missing, the planner takes the smallest category for a large part of it, reads the table from end to end, and
     * compiles the plan besides.
     */
    static final String BY_INDEX = "SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)";

    /** The ids of a category's streams; snapshots are in a category of their own. */
    static final String STREAM_IDENTIFIERS =
            "SELECT DISTINCT substr(stream_name, strpos(stream_name, '-') + 1) COLLATE \"C\" AS id"
                    + " FROM message_store.messages WHERE " + IN_CATEGORY
                    + "\n AND strpos(stream_name, '-') > 0 ORDER BY id";

    static final String ID_AT = "SELECT id FROM message_store.messages WHERE global_position = ?";

    /** A sequence that was never asked has its first number as its last. */
    static final String LAST_NUMBER = "SELECT CASE WHEN is_called THEN last_value ELSE last_value - 1 END"
            + " FROM message_store.messages_global_position_seq";

    static final String STORE_VERSION = "SELECT message_store.message_store_version()";

    static final String LOCATE =
            "SELECT id, stream_name, type, position, global_position FROM message_store.messages WHERE id = ANY (?)";

    /** The same, with whether what is there has the content that is given; where none is given it is not looked at. */
    static final String COMPARE = """
            SELECT m.id, m.stream_name, m.type, m.position, m.global_position, w.data IS NULL OR m.data = w.data::jsonb
            FROM unnest(?::uuid[], ?::text[]) AS w (id, data) JOIN message_store.messages m ON m.id = w.id""";

    /** The server's hash as a plain expression, and the remainder before the absolute value: as {@link ConsumerGroup}. */
    static final String OF_MEMBER = """
            CASE WHEN strpos(stream_name, '-') = 0 THEN 0
                ELSE abs(('x' || left(md5(split_part(substr(stream_name, strpos(stream_name, '-') + 1), '+', 1)), 16)
                    )::bit(64)::bigint % ?::bigint)
                END = ?::bigint""";

    static final String OF_TYPES = "type = ANY (?::text[])";

    /** The category of a name is what comes before its first dash. */
    static final String OF_CORRELATION = "split_part(metadata::jsonb ->> 'correlationStreamName', '-', 1) = ?";

    private SqlText() {}

    private static String inCategory(String name, String from) {
        return "(message_store.category(stream_name), global_position) >= (" + name + "::varchar, (" + from
                + ")::bigint)\n    AND message_store.category(stream_name) <= " + name + "::varchar";
    }

    private static String arrived(String messages) {
        return "SELECT w.name, w.position FROM unnest(?::text[], ?::bigint[]) AS w (name, position)\n"
                + "CROSS JOIN LATERAL (SELECT FROM message_store.messages WHERE " + messages + " LIMIT 1) AS found";
    }

    /** All that these rows have. */
    static String columns(String from) {
        return "SELECT " + COLUMNS + from;
    }

    /** The content of those that are not large; {@code later} says which are. */
    static String small(String from) {
        return "SELECT " + SMALL_COLUMNS + from;
    }

    /**
     * Of a select's rows the content of so many of the first as have 4 MiB together, as they are stored, but of one at the
     * least; {@code later} says which are not among them.
     */
    static String upToSize(String select, String orderBy) {
        return "SELECT id, stream_name, type, position, global_position,\n"
                + "    CASE WHEN fits THEN data END AS data, CASE WHEN fits THEN metadata END AS metadata, time,"
                + " NOT fits AS later\n"
                + "FROM (SELECT *, sum(size) OVER (ORDER BY " + orderBy
                + " ROWS UNBOUNDED PRECEDING) - size < 4194304 AS fits\n"
                + "FROM (SELECT *, coalesce(pg_column_size(data), 0) + coalesce(pg_column_size(metadata), 0) AS size\n"
                + "FROM (" + select + ") AS found) AS sized) AS fitting ORDER BY " + orderBy;
    }

    /** All that rows of a category have, with the category: the index has them in that order, which spares a sort. */
    static String columnsInCategory(String from) {
        return "SELECT " + COLUMNS + ", message_store.category(stream_name) AS category" + from;
    }

    /** Those of the rows looked at that the filters let through. */
    static String fromScanned(String filters, String orderBy) {
        return " FROM scanned WHERE " + filters + " ORDER BY " + orderBy + " LIMIT ?::bigint";
    }

    /** Holds of a filtered read that found less than it may answer. */
    static final String FOUND_LESS = "(SELECT count(*) FROM found) < ?::bigint";

    /**
     * The id of the last message looked at, which is {@code s.last}. A lower bound with an order has every planner take the
     * index; an equality can end in a read of the table from end to end, by a plan made when that was small.
     */
    static final String LAST_IN_STREAM = "SELECT id FROM message_store.messages WHERE s.last IS NOT NULL"
            + " AND stream_name = ? AND position >= s.last ORDER BY position LIMIT 1";

    /** The same by the position in everything. */
    static final String LAST_BY_GLOBAL_POSITION = "SELECT id FROM message_store.messages WHERE s.last IS NOT NULL"
            + " AND global_position >= s.last ORDER BY global_position LIMIT 1";

    /** The same among the rows looked at. */
    static String lastInScanned(String orderBy) {
        return "SELECT id FROM scanned WHERE s.last IS NOT NULL AND " + orderBy + " = s.last LIMIT 1";
    }

    /**
     * Looks at the rows of a source, {@code scanned}, and answers what is selected of them, each with the last position
     * looked at, the number of rows looked at, the horizon, the id at the last position, and the first position
     * looked at with its id; one row without a message where nothing came through.
     *
     * <p>It looks no further than to the last row that it answers, if it may; how far it looked is of interest, and
     * known, where it then answers less. All that is one statement: it sees one state of the store, however often it looks.
     *
     * @param source the rows, and whether they are not to be asked for twice, for that would see another state of the store
     * @param orderBy the position that counts
     * @param sortedBy what the source's rows come sorted by, which ends with that position
     * @param lookedThrough a condition that holds where it is of interest how far it looked
     * @param last selects the id of the last message looked at
     */
    static String filtered(
            Source source,
            String selected,
            String orderBy,
            String sortedBy,
            String lastWithoutRows,
            String lookedThrough,
            String last) {
        return "WITH horizon AS MATERIALIZED (SELECT (" + lastWithoutRows + ") AS position),\n"
                + "scanned AS " + (source.once() ? "" : "NOT ") + "MATERIALIZED (" + source.select() + "),\n"
                + "found AS MATERIALIZED (" + selected + ")\n"
                + "SELECT m.*, s.last, s.rows, h.position, l.id, f.first, f.id FROM horizon h\n"
                + "LEFT JOIN (SELECT " + orderBy + " AS first, id FROM scanned ORDER BY " + sortedBy
                + " LIMIT 1) f ON true\n"
                + "LEFT JOIN (SELECT max(" + orderBy + ") AS last, count(*) AS rows\n"
                + "    FROM scanned WHERE " + lookedThrough + ") s ON true\n"
                + "LEFT JOIN LATERAL (" + last + ") l ON true\n"
                + "LEFT JOIN found m ON true\n"
                + "ORDER BY m." + orderBy;
    }

    /** What a filtered read looks at. */
    record Source(String select, boolean once) {}

    /**
     * Of the rows of a source the last position there is beyond them, how many they are and how many the filters let
     * through, the last position among them, and how many seconds ago the oldest was written, of all and of those.
     */
    static String backlog(String head, String filters, String orderBy, String from) {
        String age = "extract(epoch FROM (clock_timestamp() AT TIME ZONE 'UTC') - min(time)";
        return "SELECT (" + head + "), count(*), count(*) FILTER (WHERE wanted), max(place),\n    " + age + "), " + age
                + " FILTER (WHERE wanted))\n"
                + "FROM (SELECT " + orderBy + " AS place, time, (" + filters + ") AS wanted" + from + ") AS ahead";
    }

    /** Takes what it needs by name out of a query of the user's; the line ends a comment there. */
    static String ofOwn(String query) {
        return "SELECT " + COLUMNS + " FROM (" + query + "\n) AS messages";
    }

    static String inOneRoundTrip(List<String> statements) {
        return String.join(";\n", statements);
    }
}
