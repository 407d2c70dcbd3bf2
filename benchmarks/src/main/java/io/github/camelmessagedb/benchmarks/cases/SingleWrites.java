package io.github.camelmessagedb.benchmarks.cases;

import static io.github.camelmessagedb.component.MessageDbConstants.OVERRIDE_METADATA;
import static io.github.camelmessagedb.component.MessageDbConstants.OVERRIDE_STREAM_NAME;

import io.github.camelmessagedb.benchmarks.contestants.Payload;
import io.github.camelmessagedb.benchmarks.contestants.Routes;
import javax.sql.DataSource;

/** A route that writes the body of an exchange. */
public final class SingleWrites {

    private static final String ENDPOINT = "messagedb:single?messageType=" + Payload.TYPE;

    private SingleWrites() {}

    /**
     * Started.
     *
     * @param option more of the endpoint, or empty
     */
    public static Routes route(DataSource dataSource, String option) throws Exception {
        return Routes.withMessageDb(dataSource)
                .writeTo(ENDPOINT + (option.isEmpty() ? "" : "&" + option))
                .start();
    }

    static boolean knows(DataSource dataSource, String option) {
        try (Routes routes = Routes.withMessageDb(dataSource)) {
            return routes.knows(ENDPOINT + "&" + option);
        }
    }

    public static void write(Routes routes, String stream) throws Exception {
        write(routes, stream, Payload.DATA);
    }

    public static void write(Routes routes, String stream, String data) throws Exception {
        routes.write(exchange -> {
            exchange.getIn().setHeader(OVERRIDE_STREAM_NAME, stream);
            exchange.getIn().setHeader(OVERRIDE_METADATA, Payload.METADATA_MAP);
            exchange.getIn().setBody(data);
        });
    }
}
