package io.github.camelmessagedb.embedded.testing;

import io.github.camelmessagedb.embedded.EmbeddedDatabase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * Gives tests of JUnit 5 and 6 a Message DB without messages, on a real PostgreSQL that all tests of the JVM share.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final MessageDbExtension messageDb = MessageDbExtension.create();   // not static: a database for each test
 * }</pre>
 *
 * <p>In a static field it makes one database for the class and the classes nested in it, in any other one for each test;
 * it drops it after everything else that ends with them, whoever is still connected. The server starts with the first
 * database and stops when JUnit has run everything.
 *
 * <p>Tests may run in parallel. Where classes that do share the field, as subclasses of the one that has it, each has its
 * database, which it takes as a parameter: the field cannot tell who asks, and refuses to guess.
 *
 * @see MessageDbTest
 * @since 0.1.0
 */
public final class MessageDbExtension implements BeforeAllCallback, BeforeEachCallback, ParameterResolver {

    private static final String PER_TEST = "databasePerTest";

    /** Each has its own: a class may have several. */
    private final ExtensionContext.Namespace namespace =
            ExtensionContext.Namespace.create(MessageDbExtension.class, this);

    private final @Nullable DatabaseSource source;
    private final boolean annotated;
    private final List<TestScope> scopes = new CopyOnWriteArrayList<>();

    /** For the annotation. */
    MessageDbExtension() {
        this(null, true);
    }

    private MessageDbExtension(@Nullable DatabaseSource source, boolean annotated) {
        this.source = source;
        this.annotated = annotated;
    }

    /** For a field with {@code @RegisterExtension}; starts nothing yet. */
    public static MessageDbExtension create() {
        return new MessageDbExtension(null, false);
    }

    /** As {@link #create()}, with databases from elsewhere. */
    public static MessageDbExtension on(DatabaseSource source) {
        return new MessageDbExtension(source, false);
    }

    /**
     * The database of the test that runs.
     *
     * @throws IllegalStateException outside of a test, and where classes that run in parallel share this extension
     */
    public EmbeddedDatabase database() {
        List<TestScope> current = List.copyOf(scopes);
        if (current.isEmpty()) {
            throw new IllegalStateException(
                    "There is no database outside of a test: declare the extension in a field with"
                            + " @RegisterExtension, a static one if the database is needed before all tests");
        }
        if (current.size() > 1) {
            throw new IllegalStateException(
                    "Several run at once that share this extension, each with its own database: "
                            + current.stream().map(TestScope::name).sorted().toList()
                            + ". Take the database as a parameter, of type DataSource or EmbeddedDatabase");
        }
        return current.get(0).database();
    }

    /** Of {@link #database()}, for the role {@code message_store}; opens a new connection at each call. */
    public DataSource dataSource() {
        return database().dataSource();
    }

    /** Of {@link #database()}, for the role {@code message_store}. */
    public String jdbcUrl() {
        return database().jdbcUrl();
    }

    /** Called by JUnit. */
    @Override
    public void beforeAll(ExtensionContext context) {
        if (annotated) {
            AnnotationSupport.findAnnotation(context.getRequiredTestClass(), MessageDbTest.class)
                    .ifPresent(test -> store(context).put(PER_TEST, test.databasePerTest()));
        }
        if (!isPerTest(context) && current(context) == null) {
            open(context);
        }
    }

    /** Called by JUnit. */
    @Override
    public void beforeEach(ExtensionContext context) {
        if (isPerTest(context) || current(context) == null) {
            open(context);
        }
    }

    /** Called by JUnit. */
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == DataSource.class || type == EmbeddedDatabase.class;
    }

    /** Called by JUnit. */
    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestScope scope = current(context);
        if (scope == null) {
            throw new ParameterResolutionException(
                    "Each test has its own database, and there is none yet for the parameter "
                            + parameter.getParameter().getName() + " of " + parameter.getDeclaringExecutable()
                            + ": take it in the test or in a method for before each, or have one for the class");
        }
        EmbeddedDatabase database = scope.database();
        return parameter.getParameter().getType() == DataSource.class ? database.dataSource() : database;
    }

    private boolean isPerTest(ExtensionContext context) {
        return store(context).getOrDefault(PER_TEST, Boolean.class, false);
    }

    /** Of this test or class, or of a class around it. */
    private @Nullable TestScope current(ExtensionContext context) {
        return store(context).get(TestScope.class, TestScope.class);
    }

    private void open(ExtensionContext context) {
        DatabaseSource databases = source == null ? SharedServer.of(context) : source;
        store(context).put(TestScope.class, TestScope.open(context.getDisplayName(), databases, scopes));
    }

    private ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(namespace);
    }
}
