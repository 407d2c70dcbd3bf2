package io.github.camelmessagedb.conformance;

import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.TestSchema;
import java.util.Map;

/** What the original's update scripts for 1.2.2 and 1.3.0 do, with its own SQL. */
final class OriginalUpdate {

    private OriginalUpdate() {}

    static void run(TestDatabase database) {
        Map<String, String> functions = TestSchema.originalScripts("functions/");
        database.execute(functions.get("functions/get-stream-messages.sql"));
        database.execute(functions.get("functions/get-category-messages.sql"));
        database.execute("DROP FUNCTION message_store.get_last_stream_message(varchar) CASCADE");
        database.execute("DROP FUNCTION message_store.message_store_version CASCADE");
        database.execute(functions.get("functions/get-last-stream-message.sql"));
        database.execute(functions.get("functions/message-store-version.sql"));
        database.execute(
                "GRANT EXECUTE ON FUNCTION message_store.get_last_stream_message(varchar, varchar) TO message_store");
        database.execute("GRANT EXECUTE ON FUNCTION message_store.message_store_version TO message_store");
    }
}
