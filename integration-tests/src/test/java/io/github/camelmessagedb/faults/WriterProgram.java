package io.github.camelmessagedb.faults;

import io.github.camelmessagedb.store.TestStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * Writes what it is to write from the beginning, each time that it is started, as a partition of another system is read
 * again. Arguments: the JDBC URL, the file in which it notes what was acknowledged, the category, how many writes.
 */
final class WriterProgram {

    static final int STREAMS = 5;

    private WriterProgram() {}

    public static void main(String[] arguments) throws Exception {
        DefaultCamelContext context = ConsumerProgram.context(arguments[0]);
        RouteBuilder.addRoutes(
                context,
                routes -> routes.from("direct:write")
                        .toD("messagedb:" + arguments[2]
                                + "-${header.stream}?messageType=Written&idExpression=number-${header.number}&"
                                + TestStores.option()));
        context.start();
        ProducerTemplate template = context.createProducerTemplate();
        Path acknowledged = Path.of(arguments[1]);
        for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
            int number = i;
            Exchange written = template.send("direct:write", exchange -> {
                exchange.getMessage().setBody(numbers(number).size() == 1 ? number * 10 : numbers(number));
                exchange.getMessage().setHeader("number", number);
                exchange.getMessage().setHeader("stream", number % STREAMS);
            });
            if (written.getException() != null) {
                throw written.getException();
            }
            Files.writeString(acknowledged, number + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        context.stop();
    }

    /** What a write consists of: a message, or each third time a batch that is large enough for fast writes. */
    static List<Integer> numbers(int write) {
        return IntStream.range(0, write % 3 == 0 ? 10 : 1)
                .mapToObj(i -> write * 10 + i)
                .toList();
    }
}
