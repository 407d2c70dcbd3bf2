package io.github.camelmessagedb.conformance;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the role message_store, and a role without anything, may and may not do. */
@ExtendWith(NeedsOriginal.class)
class PrivilegesIT {

    private static Twins twins;

    @BeforeAll
    static void install() {
        twins = Twins.create();
    }

    @AfterAll
    static void drop() {
        if (twins != null) {
            twins.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM message_store.messages ORDER BY 1",
                "SELECT global_position FROM message_store.messages FOR UPDATE",
                "INSERT INTO message_store.messages (position, stream_name, type, id) VALUES (0, 'p-1', 'T',"
                        + " '00000000-0000-0000-0000-000000000001') RETURNING position, data",
                "UPDATE message_store.messages SET type = 'x' RETURNING 1",
                "DELETE FROM message_store.messages RETURNING 1",
                "TRUNCATE message_store.messages",
                "LOCK TABLE message_store.messages IN SHARE MODE",
                "SELECT nextval('message_store.messages_global_position_seq') > 0",
                "SELECT currval('message_store.messages_global_position_seq') > 0",
                "SELECT setval('message_store.messages_global_position_seq', 1)",
                "SELECT last_value > 0 FROM message_store.messages_global_position_seq",
                "SELECT message_store.category('a-1')",
                "SELECT message_store.is_category('a-1')",
                "SELECT message_store.id('a-1')",
                "SELECT message_store.cardinal_id('a-1')",
                "SELECT message_store.hash_64('a-1')",
                "SELECT message_store.acquire_lock('a-1')",
                "SELECT message_store.stream_version('a-1')",
                "SELECT message_store.message_store_version()",
                "SELECT message_store.write_message('00000000-0000-0000-0000-000000000002', 'p-2', 'T', '{}')",
                "SELECT * FROM message_store.get_stream_messages('a-1')",
                "SELECT * FROM message_store.get_category_messages('a', 0, -1, NULL, 1, 2)",
                "SELECT * FROM message_store.get_last_stream_message('a-1')",
                "SELECT * FROM message_store.stream_summary",
                "SELECT * FROM message_store.type_summary",
                "SELECT * FROM message_store.stream_type_summary",
                "SELECT * FROM message_store.type_stream_summary",
                "SELECT * FROM message_store.category_type_summary",
                "SELECT * FROM message_store.type_category_summary",
                "CREATE TABLE message_store.other ()",
                "DROP VIEW message_store.type_summary",
                "SELECT NULL::message_store.message"
            })
    void each_role_may_do_the_same(String sql) {
        for (String role : List.of("message_store", "pg_monitor")) {
            for (String path : List.of("\"$user\", public", "message_store, public")) {
                twins.assertNoDifference(Session.read(Map.of("search_path", path, "role", role), Query.of(sql)));
            }
        }
    }
}
