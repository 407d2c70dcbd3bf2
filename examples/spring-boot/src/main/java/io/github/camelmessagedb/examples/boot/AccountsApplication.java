package io.github.camelmessagedb.examples.boot;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Accounts that can be opened, paid into and drawn on, over HTTP on port 8080, until Ctrl-C or SIGTERM. */
@SpringBootApplication(proxyBeanMethods = false)
public class AccountsApplication {

    /** Runs the application. */
    public static void main(String[] arguments) {
        SpringApplication.run(AccountsApplication.class, arguments);
    }
}
