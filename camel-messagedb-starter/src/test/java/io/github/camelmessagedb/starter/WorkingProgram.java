package io.github.camelmessagedb.starter;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.LifecycleStrategySupport;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Says what it is about to handle, and on which thread, and waits for a line before it is through with it. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class WorkingProgram {

    static final String CONSUMER = "messagedb:work?consumerId=forked&positionUpdateTimeout=600000";

    public static void main(String[] arguments) {
        SpringApplication.run(WorkingProgram.class, arguments);
    }

    @Bean
    RouteBuilder routes() {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(CONSUMER).process(exchange -> {
                    System.out.println("handling on " + Thread.currentThread());
                    input.readLine();
                    System.out.println("handled");
                });
            }
        };
    }

    @Bean
    CamelContextConfiguration saysThatItStops() {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext context) {
                context.addLifecycleStrategy(new LifecycleStrategySupport() {
                    @Override
                    public void onContextStopping(CamelContext stopping) {
                        System.out.println("stopping");
                    }
                });
            }

            @Override
            public void afterApplicationStart(CamelContext context) {}
        };
    }
}
