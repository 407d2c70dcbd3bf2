package io.github.camelmessagedb.examples.scaleout;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The table into which the members enter what they handle; its numbers tell the order. */
final class Ledger {

    private final DataSource owner;

    Ledger(DataSource owner) {
        this.owner = owner;
    }

    void create() throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE public.handled (
                        number bigint GENERATED ALWAYS AS IDENTITY,
                        member int NOT NULL,
                        process bigint NOT NULL,
                        stream text NOT NULL,
                        position bigint NOT NULL)
                    """);
            statement.execute("GRANT INSERT ON public.handled TO message_store");
        }
    }

    /** All that is entered, in order. */
    List<Handling> read() throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT member, process, stream, position FROM public.handled ORDER BY number")) {
            List<Handling> handlings = new ArrayList<>();
            while (rows.next()) {
                handlings.add(new Handling(rows.getInt(1), rows.getLong(2), rows.getString(3), rows.getLong(4)));
            }
            return handlings;
        }
    }
}
