package io.github.camelmessagedb.examples.boot;

import static io.github.camelmessagedb.component.MessageDbConstants.MESSAGE_TYPE;
import static io.github.camelmessagedb.component.MessageDbConstants.POSITION;
import static io.github.camelmessagedb.component.MessageDbConstants.STREAM_NAME;

import java.util.List;
import java.util.Optional;
import org.apache.camel.Body;
import org.apache.camel.Handler;
import org.apache.camel.Header;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The read model: a table that follows from the events, and can be made from them again. */
@Repository
class Balances {

    /** In one statement: another instance of this application may be at the same event. */
    private static final String ADD = """
            INSERT INTO balance AS known (account, amount, version) VALUES (?, ?, ?)
            ON CONFLICT (account) DO UPDATE
            SET amount = known.amount + excluded.amount, version = excluded.version
            WHERE known.version = excluded.version - 1
            """;

    private final JdbcClient jdbc;

    Balances(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Balance> all() {
        return jdbc.sql("SELECT account, amount AS balance, version FROM balance ORDER BY account")
                .query(Balance.class)
                .list();
    }

    Optional<Balance> find(String account) {
        return jdbc.sql("SELECT account, amount AS balance, version FROM balance WHERE account = ?")
                .param(account)
                .query(Balance.class)
                .optional();
    }

    /** An event may come again, after a crash: what is known already changes nothing. */
    @Handler
    void apply(
            @Header(STREAM_NAME) String stream,
            @Header(POSITION) long position,
            @Header(MESSAGE_TYPE) String type,
            @Body String data) {
        String account = stream.substring("account-".length());
        long known = find(account).map(Balance::version).orElse(-1L);
        if (position > known + 1) {
            throw new IllegalStateException("Events of %s are missing: there are those up to %d, and now comes %d"
                    .formatted(stream, known, position));
        }
        add(account, AccountEvent.change(type, data), position);
    }

    private void add(String account, long change, long position) {
        jdbc.sql(ADD).params(account, change, position).update();
    }
}
