package io.github.camelmessagedb.examples.scaleout;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.camel.main.Main;

/** A member of the group as a program, until SIGTERM: the arguments are the JDBC URL, its number, and the group's size. */
public final class Member {

    private Member() {}

    /** Runs the member. */
    public static void main(String[] arguments) throws Exception {
        try (HikariDataSource dataSource = new HikariDataSource()) {
            dataSource.setJdbcUrl(arguments[0]);
            Main main = new Main();
            main.bind("dataSource", dataSource);
            main.addInitialProperty("member", arguments[1]);
            main.addInitialProperty("members", arguments[2]);
            main.addInitialProperty(
                    "process", String.valueOf(ProcessHandle.current().pid()));
            main.configure().addRoutesBuilder(new MemberRoute());
            main.run();
        }
    }
}
