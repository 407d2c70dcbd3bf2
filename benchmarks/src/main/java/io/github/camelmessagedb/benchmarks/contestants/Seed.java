package io.github.camelmessagedb.benchmarks.contestants;

import io.github.camelmessagedb.benchmarks.measure.Size;

/** What is in the store before anything is measured, and the functions that measure inside the server. */
final class Seed {

    static final String PATH = "SET search_path TO message_store, public;\n";

    /** Each 1,000 messages a number is missing, as rollbacks leave them. */
    private static final String CATEGORY = """
            DO $$
            BEGIN
                FOR chunk IN 0..%d - 1 LOOP
                    INSERT INTO message_store.messages (id, stream_name, position, type, data, metadata)
                    SELECT gen_random_uuid(), '%s-' || (n %% %d), n / %d, '%s', '%s', '%s'
                    FROM generate_series(chunk * 1000, chunk * 1000 + 999) AS n;
                    PERFORM nextval('message_store.messages_global_position_seq');
                END LOOP;
            END
            $$;
            """;

    /** Hexadecimal digits, anew for each message: PostgreSQL's compression finds nothing in them. */
    private static final String DATA = """
            INSERT INTO message_store.messages (id, stream_name, position, type, data, metadata)
            SELECT gen_random_uuid(), '%s-' || (n %% 10), n / 10, '%s', jsonb_build_object('note', (
                SELECT left(string_agg(md5(n || ' ' || i), ''), %d) FROM generate_series(0, %d) AS i)), '%s'
            FROM generate_series(0, %d) AS n;
            """;

    private static final String SERVER_LOOP = """
            CREATE SCHEMA benchmark;
            GRANT USAGE ON SCHEMA benchmark TO message_store;
            CREATE FUNCTION benchmark.write_loop(stream_name varchar, n int, data text, metadata text) RETURNS bigint
            LANGUAGE plpgsql AS $$
            DECLARE
                last bigint;
            BEGIN
                FOR i IN 1..n LOOP
                    last := message_store.write_message(
                        gen_random_uuid()::varchar, stream_name, '%s', data::jsonb, metadata::jsonb);
                END LOOP;
                RETURN last;
            END
            $$;
            """;

    /** What a batch past write_message is to the server, its arrays included. */
    private static final String SERVER_INSERT = """
            CREATE FUNCTION benchmark.insert_all(stream varchar, n int, data text, metadata text) RETURNS bigint
            LANGUAGE plpgsql AS $$
            DECLARE
                version bigint;
            BEGIN
                PERFORM message_store.acquire_lock(stream);
                version := coalesce(message_store.stream_version(stream), -1);
                INSERT INTO message_store.messages (id, stream_name, position, type, data, metadata)
                SELECT gen_random_uuid(), stream, version + each.i, '%s', each.data::jsonb, each.metadata::jsonb
                FROM unnest(array_fill(data, ARRAY[n]), array_fill(metadata, ARRAY[n]))
                    WITH ORDINALITY AS each (data, metadata, i);
                RETURN version + n;
            END
            $$;
            """;

    private Seed() {}

    static String sql(Size size) {
        return PATH
                + category(Server.BACKLOG, size.backlog(), size.streams())
                + category(Server.DOMINATING, size.dominating(), size.streams())
                + SERVER_LOOP.formatted(Payload.TYPE)
                + SERVER_INSERT.formatted(Payload.TYPE);
    }

    static String data(String category, int messages, int characters) {
        int note = characters - Payload.AROUND_NOTE;
        return DATA.formatted(category, Payload.TYPE, note, note / 32, Payload.METADATA, messages - 1);
    }

    static String category(String name, int messages, int streams) {
        return CATEGORY.formatted(
                messages / 1000, name, streams, streams, Payload.TYPE, Payload.DATA, Payload.METADATA);
    }
}
