package io.github.camelmessagedb.examples.boot;

import static org.apache.camel.builder.Builder.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.examples.boot.AccountsClient.Answer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.AdviceWith;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The application as it starts with nothing configured, on the embedded database. */
class AccountsIT {

    private static ConfigurableApplicationContext application;
    private static AccountsClient client;

    @BeforeAll
    static void start() {
        application = SpringApplication.run(AccountsApplication.class, "--server.port=0");
        client = new AccountsClient(
                ((WebServerApplicationContext) application).getWebServer().getPort());
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void an_account_is_opened_paid_into_and_drawn_on_and_its_balance_follows() {
        assertThat(client.open("1").version()).isEqualTo(0);
        assertThat(client.deposit("1", 100).version()).isEqualTo(1);
        assertThat(client.withdraw("1", 30).version()).isEqualTo(2);

        await().untilAsserted(() -> assertThat(client.get("/accounts/1").body().toString())
                .isEqualTo("{\"account\":\"1\",\"balance\":70,\"version\":2}"));
        assertThat(application.getBean(Balances.class).all()).contains(new Balance("1", 70, 2));
    }

    @Test
    void an_account_is_opened_once() {
        assertThat(client.open("2").status()).isEqualTo(200);
        assertThat(client.open("2").status()).isEqualTo(409);
    }

    @Test
    void no_more_is_drawn_than_there_is() {
        client.open("3");
        client.deposit("3", 100);

        assertThat(client.withdraw("3", 101).status()).isEqualTo(422);
        assertThat(client.withdraw("3", 100).version()).isEqualTo(2);
    }

    /** Both have seen the same balance, which would do for either. */
    @Test
    void of_two_withdrawals_at_the_same_time_one_is_refused() throws Exception {
        client.open("4");
        client.deposit("4", 100);
        CyclicBarrier bothHaveDecided = new CyclicBarrier(2);
        CamelContext camel = application.getBean(CamelContext.class);
        AdviceWith.adviceWith(
                camel,
                "withdraw",
                route -> route.weaveByToUri("messagedb:account*")
                        .before()
                        .filter(header(AccountRoutes.ACCOUNT).isEqualTo("4"))
                        .process(exchange -> bothHaveDecided.await(1, TimeUnit.MINUTES))
                        .end());

        CompletableFuture<Answer> one = client.withdrawing("4", 60);
        CompletableFuture<Answer> other = client.withdrawing("4", 60);

        assertThat(List.of(one.join().status(), other.join().status())).containsExactlyInAnyOrder(200, 409);
        await().untilAsserted(() -> assertThat(
                        client.get("/accounts/4").body().get("balance").asLong())
                .isEqualTo(40));
    }

    @Test
    void what_is_no_account_or_no_amount_is_refused() throws Exception {
        client.open("5");

        assertThat(client.deposit("nobody", 1).status()).isEqualTo(404);
        assertThat(client.withdraw("nobody", 1).status()).isEqualTo(404);
        assertThat(client.get("/accounts/nobody").status()).isEqualTo(404);
        assertThat(client.deposit("5", -1).status()).isEqualTo(400);
    }

    @Test
    void health_tells_of_the_database_and_of_the_consumer() throws Exception {
        JsonNode health = client.get("/actuator/health").body();

        assertThat(health.get("status").asString()).isEqualTo("UP");
        assertThat(health.at("/components/db/status").asString()).isEqualTo("UP");
        JsonNode balances = health.at("/components/camelHealth/details/consumer:balances.data");
        assertThat(balances.get("subscription").asString())
                .isEqualTo("subscription to 'account', consumer id 'balances'");
        assertThat(balances.get("state").asString()).isEqualTo("RUNNING");
    }

    @Test
    void meters_count_what_the_consumer_has_handled() throws Exception {
        client.open("6");

        await().untilAsserted(() -> assertThat(
                        client.get("/actuator/metrics/messagedb.consumer.handled?tag=consumer:balances")
                                .body()
                                .at("/measurements/0/value")
                                .asLong())
                .isPositive());
    }
}
