package io.github.camelmessagedb.component;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.store.ExpectedVersion;
import io.github.camelmessagedb.store.NewMessage;
import io.github.camelmessagedb.testing.TestDatabase;
import java.util.List;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.ds.PGSimpleDataSource;

/** A database that the first use finds not to be as it should. */
class StartupDoctorIT extends ComponentTest {

    @RegisterExtension
    final TestDatabase patient = TestDatabase.extension();

    @BeforeEach
    void usePatient() {
        context.getRegistry().bind("pool", patient.pool(5));
    }

    private static List<String> warnings(Logs logs) {
        return logs.all().stream().filter(line -> line.startsWith("WARN")).toList();
    }

    private void damage() {
        patient.execute("ALTER SEQUENCE message_store.messages_global_position_seq CACHE 32");
        patient.store().writer().write(NewMessage.of(category, "Opened", "{}"), ExpectedVersion.ANY);
    }

    @Test
    void all_that_is_found_is_one_warning_with_how_to_mend_it() throws Exception {
        damage();
        try (Logs logs = Logs.of(StartupDoctor.class)) {
            start(routes -> {
                routes.from("messagedb:" + category + "?consumerGroupMember=0&consumerGroupSize=2&consumerId=a")
                        .to("log:x?level=OFF");
                routes.from("messagedb:other?condition=true").to("log:x?level=OFF");
                routes.from("direct:in").to("messagedb:" + category + "-1?messageType=Opened");
            });
            eventually().until(() -> !logs.all().isEmpty() && threads().isEmpty());
            sent("direct:in", "{}");
            sent("messagedb:" + category + "-2?messageType=Opened", "{}");
            eventually().until(() -> threads().isEmpty());

            assertThat(warnings(logs))
                    .singleElement()
                    .asString()
                    .contains("cache 32", "CACHE 1", "stream '" + category + "'", "sql_condition is off");
        }
    }

    @Test
    void what_is_found_is_in_the_details_of_health() throws Exception {
        damage();
        start(routes -> routes.from("messagedb:" + category).to("log:x?level=OFF"));

        eventually().until(() -> details().toString().contains("cache 32"));
        eventually()
                .until(() -> HealthCheckHelper.invokeReadiness(context).stream()
                        .allMatch(it -> it.getState() == HealthCheck.State.UP));
    }

    private List<Object> details() {
        return HealthCheckHelper.invoke(context).stream()
                .map(result -> result.getDetails().get("findings"))
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    @Test
    void what_is_needed_later_is_looked_for_then_and_told_alone() throws Exception {
        damage();
        try (Logs logs = Logs.of(StartupDoctor.class)) {
            start(routes -> routes.from("messagedb:" + category).to("log:x?level=OFF"));
            eventually().until(() -> logs.all().size() == 1);

            send("messagedb:" + category + "?operation=readCategory&condition=true", "");

            eventually().until(() -> logs.all().size() == 2);
            assertThat(logs.all().get(0)).contains("cache 32").doesNotContain("sql_condition");
            assertThat(logs.all().get(1)).contains("sql_condition").doesNotContain("cache 32");
        }
    }

    @Test
    void where_nothing_is_found_nothing_is_said() throws Exception {
        try (Logs logs = Logs.of(StartupDoctor.class)) {
            start(routes -> routes.from("messagedb:" + category).to("log:x?level=OFF"));
            sent("messagedb:" + category + "-1?messageType=Opened", "{}");
            eventually().until(() -> threads().isEmpty());

            assertThat(logs.all()).isEmpty();
            assertThat(details()).isEmpty();
        }
    }

    @Test
    void a_database_that_is_away_is_left_to_those_who_need_it() throws Exception {
        PGSimpleDataSource away = patient.dataSource();
        away.setPortNumbers(new int[] {1});
        context.getRegistry().bind("pool", away);
        try (Logs logs = Logs.of(StartupDoctor.class)) {
            start(routes -> routes.from("messagedb:" + category).to("log:x?level=OFF"));
            assertThat(send("messagedb:" + category + "-1?messageType=Opened", "{}")
                            .getException())
                    .isNotNull();
            eventually().until(() -> !threads().isEmpty());
            context.stop();

            assertThat(logs.all()).isEmpty();
        }
    }

    private static List<String> threads() {
        return threadsOfConsumers().stream()
                .filter(name -> name.contains("messagedb-doctor"))
                .toList();
    }
}
