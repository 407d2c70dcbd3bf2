package io.github.camelmessagedb.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.NewMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestDatabaseIT {

    @Test
    void has_message_db_and_nothing_in_it() {
        try (TestDatabase database = TestDatabase.create()) {
            assertThat(database.query("SELECT message_store.message_store_version()"))
                    .containsExactly(List.of("1.3.0"));
            assertThat(database.messageCount()).isZero();
        }
    }

    @Test
    void shares_nothing_with_another() {
        try (TestDatabase one = TestDatabase.create();
                TestDatabase other = TestDatabase.create()) {
            one.store().writer().write(NewMessage.of("account-1", "Opened", "{}"), ExpectedVersion.ANY);

            assertThat(one.messageCount()).isEqualTo(1);
            assertThat(other.messageCount()).isZero();
        }
    }

    @Test
    void is_gone_when_closed() {
        String name;
        try (TestDatabase database = TestDatabase.create()) {
            name = database.name();
        }
        try (TestDatabase other = TestDatabase.create()) {
            assertThat(other.query("SELECT datname FROM pg_database WHERE datname = ?", name))
                    .isEmpty();
        }
    }
}
