package io.github.camelmessagedb.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelmessagedb.testing.Readership;
import io.github.camelmessagedb.testing.TestDatabase;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that are not set up as they should be. */
@Timeout(120)
class MemberFaultIT {

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    /** What the older one has handled and not stored comes again; it ends, and nothing is passed over. */
    @ParameterizedTest
    @EnumSource
    void two_of_the_same_identity(Shape shape) throws Exception {
        try (Scenario scenario = Scenario.start(Target.of(database), shape)) {
            Program older = scenario.program();
            // Between the claim and the older one's next save both handle the same.
            int mayRepeat = 2 * Shape.Route.REPEATS * shape.routes().size();
            scenario.allowRepeats(mayRepeat);
            scenario.startProgram(mayRepeat);
            await().until(() -> older.failed() == shape.routes().size());
            assertThat(older.health()).contains("same identity");
            assertThat(scenario.program().isWell()).isTrue();
            older.close();
            scenario.end();
        }
    }

    private static List<Shape.Route> group(int size) {
        return IntStream.range(0, size)
                .mapToObj(member -> new Shape.Route(
                        "account",
                        "&consumerGroupMember=" + member + "&consumerGroupSize=" + size,
                        Readership.member("account", member, size)))
                .toList();
    }

    /** Nothing is passed over; what the fastest member was ahead of the slowest comes again. */
    @ParameterizedTest
    @CsvSource({"2, 3", "3, 2", "1, 4"})
    void a_group_of_another_size(int before, int after) throws Exception {
        try (Scenario scenario = new Scenario(Target.of(database), group(before))) {
            scenario.startWriters();
            scenario.startProgram(0);
            scenario.awaitMore(100);
            scenario.program().close();
            scenario.startProgram(Integer.MAX_VALUE, group(after));
            scenario.awaitMore(100);
            scenario.end();
        }
    }

    @Test
    void a_group_that_had_its_size_before_goes_on_where_that_came_to() throws Exception {
        try (Scenario scenario = new Scenario(Target.of(database), group(2))) {
            scenario.startWriters();
            scenario.startProgram(0);
            for (int size = 3; size > 1; size--) {
                scenario.awaitMore(100);
                scenario.program().close();
                scenario.startProgram(Integer.MAX_VALUE, group(size));
            }
            scenario.awaitMore(100);
            scenario.end();
        }
    }
}
