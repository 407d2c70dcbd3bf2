package io.github.camelmessagedb;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/** The package directions and the places where certain things stand, once each. */
class ArchitectureTest {

    private static final String ROOT = "io.github.camelmessagedb.";

    /** Where SQL stands. */
    private static final List<String> SQL_TEXTS =
            List.of("store/SqlText.java", "store/InsertSql.java", "schema/SchemaSql.java", "schema/ReportSql.java");

    /** Where SQLSTATEs are read. */
    private static final List<String> SQL_STATES = List.of("store/SqlErrors.java", "schema/SchemaErrors.java");

    /** Text that is SQL, and not prose with the names of privileges in it. */
    private static final Pattern SQL = Pattern.compile("(?s)^\\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|ALTER|DROP"
            + "|TRUNCATE|LOCK|LISTEN|NOTIFY|SET|RESET|SHOW|BEGIN|COMMIT|ROLLBACK)\\b.*"
            + "|.*\\b(?:SELECT\\b.*\\bFROM|INSERT\\s+INTO|DELETE\\s+FROM|UPDATE\\s+\\S+\\s+SET|WHERE|ORDER\\s+BY|LIMIT"
            + "|VALUES)\\b.*"
            + "|.*\\b(?:message_store\\.|pg_|set_config|current_setting)\\w*\\s*\\(.*");

    /** By the classes of the standard and of PostgreSQL. */
    private static final Pattern SQL_STATE =
            Pattern.compile("(?:0[0-9A-Z]|2[0-9BDF]|3[4-9BDF]|4[024]|5[3-8]|P0|XX|HV|F0)[0-9A-Z]{3}");

    private static final JavaClasses CLASSES = new ClassFileImporter().importPath(Path.of("target", "classes"));

    @Test
    void packages_depend_on_each_other_in_one_direction_only() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("component")
                .definedBy(ROOT + "component..")
                .layer("subscription")
                .definedBy(ROOT + "subscription..")
                .layer("schema")
                .definedBy(ROOT + "schema..")
                .layer("store")
                .definedBy(ROOT + "store..")
                .whereLayer("component")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("subscription")
                .mayOnlyBeAccessedByLayers("component")
                .whereLayer("schema")
                .mayOnlyBeAccessedByLayers("component")
                .whereLayer("store")
                .mayOnlyBeAccessedByLayers("component", "subscription", "schema")
                .check(CLASSES);
    }

    @Test
    void packages_have_no_cycles() {
        slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void only_the_component_knows_camel() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "store..", ROOT + "subscription..", ROOT + "schema..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.camel..")
                .check(CLASSES);
    }

    @Test
    void only_store_and_schema_know_jdbc() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "subscription..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql.."))
                .check(CLASSES);
    }

    /** A clock that is set does nothing to what only asks how much time has passed. */
    @Test
    void nobody_asks_for_the_time_of_day() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .dependOnClassesThat(assignableTo(Clock.class).or(assignableTo(java.util.Date.class)))
                .check(CLASSES);
    }

    @Test
    void sql_stands_in_one_place_of_each_package() {
        assertThat(Sources.literals(SQL, SQL_TEXTS)).isEmpty();
        assertThat(Sources.literals(SQL, List.of())).as("the pattern finds SQL").hasSizeGreaterThan(20);
    }

    @Test
    void sql_states_are_read_in_one_place_of_each_package() {
        classesBut(SQL_STATES)
                .should()
                .accessTargetWhere(named("getSQLState", SQLException.class))
                .orShould()
                .dependOnClassesThat(assignableTo(ServerErrorMessage.class).or(assignableTo(PSQLState.class)))
                .check(CLASSES);
        assertThat(Sources.literals(SQL_STATE, SQL_STATES)).isEmpty();
        assertThat(Sources.literals(SQL_STATE, List.of()))
                .as("the pattern finds SQLSTATEs")
                .hasSizeGreaterThan(5);
    }

    @Test
    void only_the_mapper_touches_headers() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "component..")
                .and()
                .doNotHaveSimpleName("MessageMapper")
                // It makes an endpoint's URI, before there is an exchange that is consumed or produced.
                .and()
                .doNotHaveSimpleName("MessageDbSendDynamicAware")
                .should()
                .accessTargetWhere(headerAccess())
                .check(CLASSES);
    }

    @Test
    void nothing_makes_threads_of_its_own() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "subscription..", ROOT + "store..", ROOT + "component..")
                .should()
                .callConstructorWhere(describe(
                        "makes a thread",
                        call -> call.getTargetOwner().isAssignableTo(Thread.class)
                                || call.getTargetOwner().isAssignableTo(Timer.class)
                                || call.getTargetOwner().isAssignableTo(ExecutorService.class)))
                .orShould()
                .dependOnClassesThat(assignableTo(Executors.class).or(assignableTo(ForkJoinPool.class)))
                .orShould()
                .callMethodWhere(describe(
                        "runs on the common pool",
                        call -> call.getTargetOwner().isAssignableTo(CompletableFuture.class)
                                && call.getName().endsWith("Async")))
                .check(CLASSES);
    }

    private static GivenClassesConjunction classesBut(List<String> files) {
        return noClasses()
                .that(describe(
                        "stand in none of " + files,
                        type -> files.stream()
                                .noneMatch(file -> type.getName()
                                        .startsWith(
                                                ROOT + file.replace('/', '.').replace(".java", "")))));
    }

    private static DescribedPredicate<JavaAccess<?>> named(String method, Class<?> owner) {
        return describe(
                "is " + method,
                call -> call.getName().equals(method) && call.getTargetOwner().isAssignableTo(owner));
    }

    private static DescribedPredicate<JavaAccess<?>> headerAccess() {
        return describe(
                "reads or changes headers",
                call -> call.getName().contains("Header")
                        && (call.getTargetOwner().isAssignableTo(Message.class)
                                || call.getTargetOwner().isAssignableTo(Exchange.class)
                                || call.getTargetOwner().getName().startsWith("org.apache.camel.support.")));
    }
}
