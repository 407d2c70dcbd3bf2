package io.github.camelmessagedb.embedded.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a Message DB without messages. Its tests and its methods for before and after take it as a parameter,
 * a {@link javax.sql.DataSource} for the role {@code message_store} or an {@link
 * io.github.camelmessagedb.embedded.EmbeddedDatabase}.
 *
 * @see MessageDbExtension
 * @since 0.1.0
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(MessageDbExtension.class)
public @interface MessageDbTest {

    /**
     * Whether each test has a database of its own, instead of one for the class and the classes nested in it. Then there
     * is none in constructors and in the methods for before and after all tests.
     */
    boolean databasePerTest() default false;
}
