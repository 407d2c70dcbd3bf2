package io.github.camelmessagedb.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.github.camelmessagedb.embedded.EmbeddedDatabase;
import io.github.camelmessagedb.embedded.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/** The test classes in here are run by its tests. */
class MessageDbExtensionIT {

    /** So that databases can be looked for when a run has ended. */
    private static SharedMessageDb server;

    private static EmbeddedDatabase view;

    @BeforeAll
    static void hold() {
        server = SharedMessageDb.acquire();
        view = server.create();
    }

    @AfterAll
    static void release() {
        server.close();
    }

    @AfterEach
    void no_database_of_a_run_is_left() throws SQLException {
        assertThat(Sql.value(
                        view.ownerDataSource(),
                        "SELECT string_agg(datname, ' ') FROM pg_database WHERE datname LIKE 'test\\_%' AND datname <> '"
                                + view.name() + "'"))
                .isNull();
    }

    private static void assertAllPass(EngineExecutionResults run, int tests) {
        run.allEvents().failed().assertEventsMatchExactly();
        run.testEvents().assertStatistics(it -> it.succeeded(tests));
    }

    @Test
    void a_static_field_is_one_database_for_the_class() {
        assertAllPass(Runs.of(DatabaseOfTheClass.class), 2);

        assertThat(Runs.seen()).hasSize(2).containsOnly(Runs.seen().get(0));
    }

    static class OfTheTest {

        @RegisterExtension
        final MessageDbExtension messageDb = MessageDbExtension.create();

        @RepeatedTest(2)
        void is_empty() throws SQLException {
            Runs.saw(messageDb.database());
            assertThat(Sql.messages(messageDb.dataSource())).isZero();
            Sql.write(messageDb.dataSource(), "thing-1");
        }
    }

    @Test
    void another_field_is_one_for_each_test() {
        assertAllPass(Runs.of(OfTheTest.class), 2);

        assertThat(Set.copyOf(Runs.seen())).hasSize(2);
    }

    static class WithNested {

        @RegisterExtension
        static final MessageDbExtension messageDb = MessageDbExtension.create();

        @Nested
        class First {
            @Test
            void sees() {
                Runs.saw(messageDb.database());
            }
        }

        @Nested
        class Second {
            @Test
            void sees(EmbeddedDatabase database) {
                Runs.saw(database);
            }
        }
    }

    @Test
    void nested_classes_have_that_of_the_class_around_them() {
        assertAllPass(Runs.of(WithNested.class), 2);

        assertThat(Runs.seen()).hasSize(2).containsOnly(Runs.seen().get(0));
    }

    static class Two {

        @RegisterExtension
        static final MessageDbExtension one = MessageDbExtension.create();

        @RegisterExtension
        static final MessageDbExtension other = MessageDbExtension.create();

        @Test
        void differ() {
            assertThat(one.jdbcUrl()).isNotEqualTo(other.jdbcUrl());
        }
    }

    @Test
    void two_fields_are_two_databases() {
        assertAllPass(Runs.of(Two.class), 1);
    }

    @Test
    void the_annotation_gives_the_class_s_as_a_parameter() {
        assertAllPass(Runs.of(Annotated.class), 2);

        // Before all tests, and a constructor and a test, twice.
        assertThat(Runs.seen()).hasSize(5).containsOnly(Runs.seen().get(0));
    }

    @MessageDbTest(databasePerTest = true)
    static class AnnotatedPerTest {

        @BeforeEach
        void write(DataSource dataSource) throws SQLException {
            Sql.write(dataSource, "thing-1");
        }

        @RepeatedTest(2)
        void has_what_was_written_before_it(EmbeddedDatabase database) throws SQLException {
            Runs.saw(database);
            assertThat(Sql.messages(database.dataSource())).isOne();
        }
    }

    @Test
    void the_annotation_gives_each_test_its_own() {
        assertAllPass(Runs.of(AnnotatedPerTest.class), 2);

        assertThat(Set.copyOf(Runs.seen())).hasSize(2);
    }

    @MessageDbTest(databasePerTest = true)
    static class TooEarly {

        @BeforeAll
        static void before(DataSource dataSource) {}

        @Test
        void never() {}
    }

    @Test
    void where_each_test_has_its_own_there_is_none_before_all() {
        Runs.of(TooEarly.class)
                .containerEvents()
                .assertThatEvents()
                .haveExactly(
                        1,
                        event(
                                finishedWithFailure(
                                        message(
                                                text -> text.contains(
                                                        "Each test has its own database, and there is none yet for the parameter dataSource of")))));
    }

    static class Failing {

        @RegisterExtension
        static final MessageDbExtension messageDb = MessageDbExtension.create();

        @Test
        void leaves_a_transaction_open() throws SQLException {
            Connection connection = messageDb.dataSource().getConnection();
            connection.setAutoCommit(false);
            connection.createStatement().execute("SELECT count(*) FROM message_store.messages");
            fail("as it should");
        }

        @Test
        void passes() throws SQLException {
            assertThat(Sql.messages(messageDb.dataSource())).isZero();
        }
    }

    @Test
    void a_test_that_fails_is_told_and_its_database_dropped() {
        EngineExecutionResults run = Runs.of(Failing.class);

        run.testEvents().assertStatistics(tests -> tests.succeeded(1).failed(1));
        run.allEvents()
                .failed()
                .assertEventsMatchExactly(event(finishedWithFailure(message(it -> it.equals("as it should")))));
    }

    @MessageDbTest
    static class Alone {

        @Test
        void has_nothing_of_others(EmbeddedDatabase database) throws Exception {
            Runs.saw(database);
            Sql.write(database.dataSource(), "thing-1");
            together.await(60, TimeUnit.SECONDS);
            assertThat(Sql.messages(database.dataSource())).isOne();
        }
    }

    static class AloneToo extends Alone {}

    /** Both are in the middle of their tests. */
    private static final CyclicBarrier together = new CyclicBarrier(2);

    @Test
    void classes_that_run_at_once_do_not_meet() {
        assertAllPass(Runs.atOnce(Alone.class, AloneToo.class), 2);

        assertThat(Set.copyOf(Runs.seen())).hasSize(2);
    }

    abstract static class Sharing {

        static final List<String> REFUSALS = new CopyOnWriteArrayList<>();

        @RegisterExtension
        static final MessageDbExtension messageDb = MessageDbExtension.create();

        @Test
        void shares_the_field_but_not_the_database(EmbeddedDatabase database) throws Exception {
            Runs.saw(database);
            together.await(60, TimeUnit.SECONDS);
            try {
                messageDb.database();
            } catch (IllegalStateException e) {
                REFUSALS.add(e.getMessage());
            }
            together.await(60, TimeUnit.SECONDS);
        }
    }

    static class SharingOne extends Sharing {}

    static class SharingOther extends Sharing {}

    @Test
    void a_field_that_two_classes_use_at_once_refuses_to_guess() {
        assertAllPass(Runs.atOnce(SharingOne.class, SharingOther.class), 2);

        assertThat(Set.copyOf(Runs.seen())).hasSize(2);
        assertThat(Sharing.REFUSALS)
                .hasSize(2)
                .allMatch(it -> it.contains("SharingOne") && it.contains("SharingOther"));
    }

    @Test
    void outside_of_a_test_there_is_none() {
        assertThatIllegalStateException()
                .isThrownBy(() -> MessageDbExtension.create().dataSource())
                .withMessageContaining("@RegisterExtension");
    }

    static class Elsewhere {

        static final List<String> DROPPED = new CopyOnWriteArrayList<>();

        @RegisterExtension
        static final MessageDbExtension messageDb = MessageDbExtension.on(new DatabaseSource() {
            @Override
            public EmbeddedDatabase create() {
                return new EmbeddedDatabase("mine", view.dataSource(), view.ownerDataSource(), view.jdbcUrl());
            }

            @Override
            public void drop(EmbeddedDatabase database) {
                DROPPED.add(database.name());
            }
        });

        @Test
        void has_it_from_there() {
            assertThat(messageDb.database().name()).isEqualTo("mine");
            assertThat(DROPPED).isEmpty();
        }
    }

    @Test
    void databases_may_come_from_elsewhere() {
        assertAllPass(Runs.of(Elsewhere.class), 1);

        assertThat(Elsewhere.DROPPED).containsExactly("mine");
    }
}
