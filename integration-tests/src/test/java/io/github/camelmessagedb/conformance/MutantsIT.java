package io.github.camelmessagedb.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelmessagedb.conformance.Definition.Mutant;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A test of these tests: whatever character of a function or a view is changed, the comparison finds a difference, or
 * PostgreSQL refuses it at once.
 */
@ExtendWith(NeedsOriginal.class)
class MutantsIT {

    private static final Logger LOG = LoggerFactory.getLogger(MutantsIT.class);

    private static final long SEED = 130;

    private static final int SESSIONS = 600;

    private static Twins twins;
    private static Connection owner;

    @BeforeAll
    static void install() throws SQLException {
        twins = Twins.create();
        PGSimpleDataSource dataSource = twins.ours().database().ownerDataSource();
        dataSource.setCurrentSchema("message_store,public");
        owner = dataSource.getConnection();
    }

    @AfterAll
    static void drop() throws SQLException {
        if (twins != null) {
            owner.close();
            twins.close();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.camelmessagedb.conformance.Definition#ofFunctions")
    void a_changed_character_of_a_function_is_found(Definition function) throws SQLException {
        assertAllAreFound(function, samples(function.name()));
    }

    @ParameterizedTest
    @MethodSource("io.github.camelmessagedb.conformance.Definition#ofViews")
    void a_changed_character_of_a_view_is_found(Definition view) throws SQLException {
        Query columns = Query.of("SELECT attname, atttypid::regtype FROM pg_attribute WHERE attrelid = 'message_store."
                + view.name() + "'::regclass ORDER BY attnum");
        assertAllAreFound(
                view, List.of(new Session(null, Map.of(), List.of(columns, Stores.view(view.name())), false)));
    }

    @ParameterizedTest
    @MethodSource("io.github.camelmessagedb.conformance.Definition#ofFunctions")
    void a_changed_character_of_a_signature_is_found(Definition function) throws SQLException {
        Answer expected = twins.original().answers(Catalog.FUNCTIONS.session()).get(0);
        List<String> survivors = new ArrayList<>();
        for (Mutant mutant : function.mutantsOfHead()) {
            if (expected.equals(signaturesWith(function, mutant))) {
                survivors.add(mutant.change());
            }
        }
        assertThat(survivors).isEmpty();
    }

    private static void assertAllAreFound(Definition definition, List<Session> sessions) throws SQLException {
        Deque<Expectation> expected = new ArrayDeque<>();
        sessions.forEach(session ->
                expected.add(new Expectation(session, twins.original().answers(session))));
        assertThat(isFound(expected)).as("a difference without any mutation").isFalse();

        int refused = 0;
        List<Mutant> mutants = definition.mutantsOfBody();
        List<String> survivors = new ArrayList<>();
        for (Mutant mutant : mutants) {
            if (!create(mutant.sql())) {
                refused++;
            } else if (!isFound(expected)) {
                survivors.add(mutant.change());
            }
        }
        assertThat(create(definition.sql())).isTrue();

        LOG.info("{}: {} mutants, of them refused by PostgreSQL {}", definition, mutants.size(), refused);
        assertThat(survivors).isEmpty();
    }

    private record Expectation(Session session, List<Answer> answers) {}

    /** What finds a difference comes first from then on: it is likely to find the next one. */
    private static boolean isFound(Deque<Expectation> expected) {
        Optional<Expectation> found = expected.stream()
                .filter(each -> !twins.ours().answers(each.session).equals(each.answers))
                .findFirst();
        found.ifPresent(each -> {
            expected.remove(each);
            expected.addFirst(each);
        });
        return found.isPresent();
    }

    private static boolean create(String sql) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute(sql);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** All functions where this one is as the mutant has it, or what PostgreSQL says to that. */
    private static Answer signaturesWith(Definition function, Mutant mutant) throws SQLException {
        owner.setAutoCommit(false);
        try (Statement statement = owner.createStatement()) {
            statement.execute("DROP FUNCTION message_store." + function.name() + " CASCADE");
            statement.clearWarnings();
            try {
                statement.execute(mutant.sql());
                try (ResultSet signatures = statement.executeQuery(Catalog.FUNCTIONS.sql())) {
                    return Answer.of(statement, signatures);
                }
            } catch (SQLException e) {
                return Answer.of(statement, e);
            }
        } finally {
            owner.rollback();
            owner.setAutoCommit(true);
        }
    }

    private static List<Session> samples(String function) {
        List<Session> samples = new ArrayList<>();
        JqwikSession.run(() -> {
            Arbitrary<Session> sessions = Functions.sessions(function);
            RandomGenerator<Session> generator = sessions.generator(1000);
            Random random = new Random(SEED);
            for (int i = 0; i < SESSIONS; i++) {
                samples.add(generator.next(random).value());
            }
        });
        return samples;
    }
}
