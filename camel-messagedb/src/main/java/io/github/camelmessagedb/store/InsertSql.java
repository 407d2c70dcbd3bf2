package io.github.camelmessagedb.store;

import java.util.List;

/** The SQL texts of {@link InsertStatement}, which go past {@code write_message}. */
final class InsertSql {

    /** A function {@code p} that is as it should be, and may be called: its text is known, and it runs as who calls it. */
    private static final String STOCK_FUNCTION =
            """
            p.pronamespace = 'message_store'::regnamespace AND p.proname IN (%s)
                AND p.proname || ' ' || p.proargtypes::text || ' ' || md5(p.prosrc) IN (%s)
                AND p.prolang = (SELECT l.oid FROM pg_catalog.pg_language l WHERE l.lanname = 'plpgsql')
                AND NOT p.prosecdef AND NOT p.proisstrict AND p.proconfig IS NULL
                AND has_function_privilege(p.oid, 'EXECUTE')""".formatted(literals(StockFunctions.names()), literals(StockFunctions.known()));

    /** A table {@code c} where nothing else happens when a row is inserted. */
    private static final String PLAIN_TABLE = """
            c.relkind = 'r' AND NOT c.relrowsecurity
                AND NOT (c.relhasrules AND EXISTS (SELECT FROM pg_catalog.pg_rewrite r WHERE r.ev_class = c.oid))
                AND NOT (c.relhastriggers AND EXISTS (SELECT FROM pg_catalog.pg_trigger t
                    WHERE t.tgrelid = c.oid AND t.tgtype & 4 <> 0 AND t.tgenabled <> 'D'))""";

    private static final String SILENT = """
            'on' NOT IN (coalesce(current_setting('message_store.debug_write', true), ''),
                coalesce(current_setting('message_store.debug', true), ''))""";

    private static final String READS_COMMITTED = "current_setting('transaction_isolation') = 'read committed'";

    /**
     * What {@link SqlText#WRITE_MANY} and {@link SqlText#WRITE_EACH} do, after the locks of all categories, without the function. Answers the
     * version that each stream had, and whether another was expected; nothing where it has written nothing, because the
     * function is not known to do the same. It looks with a snapshot that is younger than the locks, and keeps triggers away
     * by its own lock on the table. (Versions are looked up in an array: a join could be planned for ten rows, and meet
     * ten thousand.)
     *
     * <p>The version of a stream is looked for from the one on that it is known to have had: an index scan that begins at the
     * end of a stream looks at all of its entries in that page of the index, hundreds of them, unless it is told where to
     * stop. Where nothing is found there, the whole stream is asked.
     */
    static final String INSERT_MANY = insert("true");

    /**
     * What {@link SqlText#WRITE_FREE} does, after {@link #LOCK_FREE}: a stream of a category whose lock could not be had has no
     * version, and its messages are not written.
     */
    static final String INSERT_FREE = insert("(current_setting('camel_messagedb.free')::boolean[])[s.category + 1]");

    /**
     * For this transaction alone. Left to itself, the server would make a new plan for each of the smaller INSERTs, always the
     * same, which takes as long as writing thirty messages. The one that is kept must not be that for a table which was small
     * when it was made, and read all of it for each stream.
     */
    private static final String ONE_PLAN =
            "set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true)";

    /** As {@link SqlText#LOCK_CATEGORIES}. */
    static final String LOCK_CATEGORIES =
            "SELECT count(message_store.acquire_lock(c)), " + ONE_PLAN + " FROM unnest(?::varchar[]) AS c";

    /** Takes those locks of categories that can be had at once, and keeps for its transaction which these are. */
    static final String LOCK_FREE =
            "SELECT set_config('camel_messagedb.free', " + SqlText.FREE_LOCKS + "::text, true), " + ONE_PLAN;

    /** In words, one row for each of what {@link #INSERT_MANY} asks, and for the right to insert. */
    static final String WHY_NOT_INSERT =
            """
            SELECT 'the function ' || f || ' is not the stock one, or this role may not call it' FROM unnest(ARRAY[%s]) AS f
            WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_proc p WHERE p.proname = f AND %s)
            UNION ALL SELECT 'the table has a trigger or a rule, or row level security, or is partitioned'
            WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = 'message_store.messages'::regclass AND %s)
            UNION ALL SELECT 'the setting message_store.debug_write or message_store.debug is on' WHERE NOT (%s)
            UNION ALL SELECT 'the default_transaction_isolation is not read committed' WHERE NOT (%s)
            UNION ALL SELECT 'this role may not insert into the table'
            WHERE NOT has_table_privilege('message_store.messages', 'INSERT')""".formatted(literals(StockFunctions.names()), STOCK_FUNCTION, PLAIN_TABLE, SILENT, READS_COMMITTED);

    private InsertSql() {}

    private static String insert(String free) {
        return """
            WITH stock AS MATERIALIZED (SELECT (SELECT count(*) = %d FROM pg_catalog.pg_proc p WHERE %s)
                AND EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.oid = 'message_store.messages'::regclass AND %s)
                AND %s AND %s AS it),
            streams AS MATERIALIZED (
                SELECT s.ord, s.expected, CASE WHEN %s THEN coalesce(
                    (SELECT max(m.position) FROM message_store.messages m
                        WHERE m.stream_name = s.name AND m.position >= s.known),
                    (SELECT max(m.position) FROM message_store.messages m WHERE m.stream_name = s.name),
                    -1) END AS version
                FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::int[])
                    WITH ORDINALITY AS s(name, known, expected, category, ord)),
            versions AS MATERIALIZED (
                SELECT array_agg(version ORDER BY ord) AS version,
                    array_agg(CASE WHEN version IS NOT NULL THEN coalesce((expected <> version)::int, 0) END ORDER BY ord)
                        AS wrong,
                    coalesce(bool_or(expected <> version), false) AS any_wrong
                FROM streams),
            written AS (
                INSERT INTO message_store.messages (id, stream_name, position, type, data, metadata)
                SELECT u.id, u.stream_name, v.version[u.stream + 1] + 1 + u.rank - v.wrong[u.stream + 1], u.type,
                    u.data::jsonb, u.metadata::jsonb
                FROM stock, versions v,
                    unnest(?::uuid[], ?::text[], ?::int[], ?::int[], ?::text[], ?::text[], ?::text[])
                        WITH ORDINALITY AS u(id, stream_name, stream, rank, type, data, metadata, ord)
                WHERE stock.it AND NOT (?::boolean AND v.any_wrong) AND v.wrong[u.stream + 1] IS NOT NULL
                    AND NOT (u.rank = 0 AND v.wrong[u.stream + 1] = 1)
                ORDER BY u.ord)
            SELECT version, coalesce(expected <> version, false) FROM streams, stock WHERE stock.it ORDER BY ord""".formatted(
                        StockFunctions.values().length, STOCK_FUNCTION, PLAIN_TABLE, SILENT, READS_COMMITTED, free);
    }

    private static String literals(List<String> texts) {
        return "'" + String.join("', '", texts) + "'";
    }
}
