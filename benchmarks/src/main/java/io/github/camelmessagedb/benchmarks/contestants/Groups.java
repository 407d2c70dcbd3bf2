package io.github.camelmessagedb.benchmarks.contestants;

import io.github.camelmessagedb.benchmarks.measure.Meter;
import io.github.camelmessagedb.benchmarks.measure.Sample;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/** Consumer groups that read a category from its beginning, all members together as many messages as are to be metered. */
public final class Groups {

    private Groups() {}

    /** Routes of one context. */
    public static Sample together(DataSource pool, String category, int size, Meter meter) throws Exception {
        Routes routes = Routes.withMessageDb(pool);
        for (int member = 0; member < size; member++) {
            routes.consume(uri(category, member, size), exchange -> meter.count());
        }
        return routes.until(meter);
    }

    /** A context for each, as in a program of its own. */
    public static Sample apart(DataSource pool, String category, int size, Meter meter) throws Exception {
        List<Routes> members = new ArrayList<>();
        try {
            for (int member = 0; member < size; member++) {
                Routes routes = Routes.withMessageDb(pool);
                members.add(routes);
                routes.consume(uri(category, member, size), exchange -> meter.count())
                        .start();
            }
            return meter.await();
        } finally {
            members.forEach(Routes::close);
        }
    }

    private static String uri(String category, int member, int size) {
        return "messagedb:" + category + "?positionStore=memory&consumerGroupMember=" + member + "&consumerGroupSize="
                + size;
    }

    /**
     * The server's function for members, asked by a thread for each. The time is taken from the start: where there are many,
     * their first pages come late, and almost at once.
     */
    public static Sample function(DataSource pool, String category, int size, Meter meter)
            throws InterruptedException, ExecutionException {
        BareJdbc jdbc = new BareJdbc(pool);
        ExecutorService threads = Executors.newFixedThreadPool(size);
        try {
            meter.begin();
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                int member = i;
                readers.add(threads.submit(() -> {
                    jdbc.readMember(category, member, size, meter);
                    return member;
                }));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
            return meter.await();
        } finally {
            threads.shutdown();
        }
    }

    /** The same function, asked by one thread for one member after the other. */
    public static Sample functionInTurn(DataSource pool, String category, int size, Meter meter)
            throws SQLException, InterruptedException {
        new BareJdbc(pool).readMembersInTurn(category, size, meter);
        return meter.await();
    }
}
