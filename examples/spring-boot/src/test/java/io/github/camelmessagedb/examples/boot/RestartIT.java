package io.github.camelmessagedb.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.embedded.testing.MessageDbExtension;
import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.store.ReadQuery;
import io.github.camelmessagedb.store.StoredMessage;
import io.github.camelmessagedb.store.StreamName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** The application on a database that stays. */
class RestartIT {

    @RegisterExtension
    final MessageDbExtension messageDb = MessageDbExtension.create();

    @Test
    void it_goes_on_where_it_stood_with_what_was_written_meanwhile() {
        try (ConfigurableApplicationContext application = run()) {
            AccountsClient client = client(application);
            client.open("1");
            client.deposit("1", 100);
            awaitBalances(application, new Balance("1", 100, 1));
        }
        assertThat(storedPosition()).isEqualTo(lastPosition());
        write("account-1", "Withdrawn", "{\"amount\": 40}");
        write("account-2", "Opened", "{}");

        try (ConfigurableApplicationContext application = run()) {
            client(application).deposit("2", 7);
            awaitBalances(application, new Balance("1", 60, 2), new Balance("2", 7, 1));
        }
        assertThat(storedPosition()).isEqualTo(lastPosition());
    }

    @Test
    void what_comes_again_is_not_counted_twice() {
        try (ConfigurableApplicationContext application = run()) {
            client(application).open("1");
            client(application).deposit("1", 100);
            awaitBalances(application, new Balance("1", 100, 1));
        }
        try (ConfigurableApplicationContext application = run("--balances.seek-to=beginning")) {
            client(application).open("2");
            awaitBalances(application, new Balance("1", 100, 1), new Balance("2", 0, 0));
        }
    }

    @Test
    void the_balances_are_made_anew_from_the_events() {
        try (ConfigurableApplicationContext application = run()) {
            client(application).open("1");
            client(application).deposit("1", 100);
            awaitBalances(application, new Balance("1", 100, 1));
        }
        new JdbcTemplate(messageDb.database().ownerDataSource()).execute("TRUNCATE balance");

        try (ConfigurableApplicationContext application = run("--balances.seek-to=beginning")) {
            awaitBalances(application, new Balance("1", 100, 1));
        }
    }

    private ConfigurableApplicationContext run(String... more) {
        String url = messageDb.jdbcUrl().replaceFirst("\\?.*", "");
        Stream<String> ours =
                Stream.of("--server.port=0", "--spring.datasource.url=" + url, "--spring.datasource.username=postgres");
        return SpringApplication.run(
                AccountsApplication.class, Stream.concat(ours, Stream.of(more)).toArray(String[]::new));
    }

    private static AccountsClient client(ConfigurableApplicationContext application) {
        return new AccountsClient(
                ((WebServerApplicationContext) application).getWebServer().getPort());
    }

    private static void awaitBalances(ConfigurableApplicationContext application, Balance... expected) {
        Balances balances = application.getBean(Balances.class);
        await().untilAsserted(() -> assertThat(balances.all()).containsExactly(expected));
    }

    private void write(String stream, String type, String data) {
        new MessageStore(messageDb.dataSource()).writer().write(NewMessage.of(stream, type, data), ExpectedVersion.ANY);
    }

    private long storedPosition() {
        StoredMessage position = new MessageStore(messageDb.dataSource())
                .reader()
                .readLastMessage(StreamName.of("account:position-balances"), null)
                .orElseThrow();
        return JsonMapper.shared().readTree(position.data()).get("position").asLong();
    }

    private long lastPosition() {
        List<StoredMessage> events = new MessageStore(messageDb.dataSource())
                .reader()
                .readCategory(ReadQuery.of("account"))
                .messages();
        return events.get(events.size() - 1).globalPosition();
    }
}
