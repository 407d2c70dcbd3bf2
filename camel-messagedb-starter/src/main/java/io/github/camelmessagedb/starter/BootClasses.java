package io.github.camelmessagedb.starter;

/** Classes of Spring Boot that are in different packages in its versions 3 and 4: they are known by name only. */
final class BootClasses {

    static final String DATA_SOURCE = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration";

    static final String DATA_SOURCE_OF_BOOT_3 =
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration";

    static final String JDBC_CONNECTION = "org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails";

    static final String JDBC_CONNECTION_OF_BOOT_3 = "org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails";

    private BootClasses() {}
}
