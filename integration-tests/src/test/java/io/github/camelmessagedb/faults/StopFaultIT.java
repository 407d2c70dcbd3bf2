package io.github.camelmessagedb.faults;

import io.github.camelmessagedb.testing.TestDatabase;
import io.github.camelmessagedb.testing.Together;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Route;
import org.apache.camel.spi.RouteController;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Consumers are stopped, in order and not, and in the middle of something. */
@Timeout(120)
class StopFaultIT {

    private static final int STEPS = Integer.getInteger("messagedb.faults.steps", 40);
    private static final int THREADS = 3;

    @RegisterExtension
    final TestDatabase database = TestDatabase.extension();

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch mayLeave = new CountDownLatch(1);
    private final AtomicBoolean slow = new AtomicBoolean();

    private void slowDown(Scenario scenario) throws InterruptedException {
        scenario.program().step(exchange -> {
            if (slow.get()) {
                entered.countDown();
                mayLeave.await(60, TimeUnit.SECONDS);
            }
        });
        slow.set(true);
        entered.await();
    }

    private void leave() {
        slow.set(false);
        mayLeave.countDown();
    }

    @ParameterizedTest
    @ArgumentsSource(FewShapes.class)
    void gracefully_in_a_slow_exchange(Shape shape) throws Exception {
        try (Scenario scenario = Scenario.start(Target.of(database), shape)) {
            RouteController routes = scenario.program().context().getRouteController();
            slowDown(scenario);
            CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> stopAll(routes));
            leave();
            stopping.get(60, TimeUnit.SECONDS);
            routes.startAllRoutes();
            scenario.end();
        }
    }

    private static void stopAll(RouteController routes) {
        try {
            routes.stopAllRoutes();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the exchange still does after it was given up counts for the run that it began in. */
    @ParameterizedTest
    @EnumSource
    void by_force_in_a_slow_exchange(Shape shape) throws Exception {
        try (Scenario scenario = Scenario.start(Target.of(database), shape)) {
            RouteController routes = scenario.program().context().getRouteController();
            scenario.program().context().getShutdownStrategy().setTimeout(1);
            slowDown(scenario);
            routes.stopAllRoutes();
            scenario.program()
                    .beginRun(scenario.beginRun(
                            Shape.Route.REPEATS * shape.routes().size()));
            leave();
            routes.startAllRoutes();
            scenario.end();
        }
    }

    @ParameterizedTest
    @EnumSource
    void by_several_at_once_who_start_suspend_and_resume_too(Shape shape) throws Exception {
        long seed = System.nanoTime();
        try (Scenario scenario = Scenario.start(Target.of(database), shape)) {
            RouteController routes = scenario.program().context().getRouteController();
            List<String> ids = scenario.program().context().getRoutes().stream()
                    .map(Route::getRouteId)
                    .toList();
            Together.call(THREADS, number -> {
                Random random = new Random(seed + number);
                for (int i = 0; i < STEPS; i++) {
                    step(routes, ids.get(random.nextInt(ids.size())), random.nextInt(4));
                }
                return number;
            });
            for (String id : ids) {
                routes.stopRoute(id);
                routes.startRoute(id);
            }
            scenario.end();
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static void step(RouteController routes, String id, int what) throws Exception {
        switch (what) {
            case 0 -> routes.stopRoute(id);
            case 1 -> routes.startRoute(id);
            case 2 -> {
                if (routes.getRouteStatus(id).isStarted()) {
                    routes.suspendRoute(id);
                }
            }
            default -> routes.resumeRoute(id);
        }
    }
}
