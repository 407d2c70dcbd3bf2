package io.github.camelmessagedb.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NamesIT {

    private static final int NAMES = 100_000;
    private static final int GROUP_SIZE = 7;

    @RegisterExtension
    static final TestDatabase database = TestDatabase.extension();

    @Test
    void category_id_cardinal_id_hash_and_member_equal_the_server_s_on_generated_names() throws SQLException {
        String[] names = names();
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement("""
                        SELECT set_config('search_path', 'message_store', false);
                        SELECT n, category(n), id(n), cardinal_id(n), is_category(n), hash_64(n),
                            mod(@hash_64(cardinal_id(n)), ?::smallint)
                        FROM unnest(?::varchar[]) AS n""")) {
            statement.setInt(1, GROUP_SIZE);
            statement.setArray(2, connection.createArrayOf("varchar", names));
            statement.execute();
            statement.getMoreResults();
            try (ResultSet rows = statement.getResultSet()) {
                int compared = 0;
                SoftAssertions soft = new SoftAssertions();
                while (rows.next() && soft.errorsCollected().size() < 10) {
                    compare(rows, soft);
                    compared++;
                }
                soft.assertAll();
                assertThat(compared).isEqualTo(NAMES);
            }
        }
    }

    private static void compare(ResultSet row, SoftAssertions soft) throws SQLException {
        String name = row.getString(1);
        StreamName stream = new StreamName(name);
        boolean equal = stream.category().equals(row.getString(2))
                && java.util.Objects.equals(stream.id().orElse(null), row.getString(3))
                && java.util.Objects.equals(stream.cardinalId().orElse(null), row.getString(4))
                && stream.isCategory() == row.getBoolean(5)
                && Hash64.of(name) == row.getLong(6)
                && (stream.isCategory() || ConsumerGroup.memberOf(stream, GROUP_SIZE) == row.getInt(7));
        if (!equal) {
            soft.fail("different for the name '%s'", name);
        }
    }

    private static String[] names() {
        String[] pieces = {
            "a",
            "Z",
            "7",
            "-",
            "-",
            "-",
            "+",
            "+",
            ":",
            "_",
            " ",
            "$",
            "%",
            ".",
            "/",
            "'",
            "\"",
            "\\",
            "ä",
            "ß",
            "é",
            "e\u0301",
            "語",
            "\u0000".replace('\0', '\u0001'),
            "😀",
            "\u200b",
            "\uffff",
            "account",
            "command"
        };
        Random random = new Random(42);
        Set<String> names = new LinkedHashSet<>(Set.of("", "-", "a-", "-a", "a-+", "a-b-c+d+e", "a:b+c-d"));
        while (names.size() < NAMES) {
            StringBuilder name = new StringBuilder();
            for (int i = random.nextInt(12); i >= 0; i--) {
                name.append(pieces[random.nextInt(pieces.length)]);
            }
            names.add(name.toString());
        }
        return names.toArray(String[]::new);
    }
}
