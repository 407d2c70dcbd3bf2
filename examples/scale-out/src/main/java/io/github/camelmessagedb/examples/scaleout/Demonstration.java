package io.github.camelmessagedb.examples.scaleout;

import static java.util.stream.Collectors.toSet;

import io.github.camelmessagedb.embedded.EmbeddedMessageDb;
import io.github.camelmessagedb.examples.scaleout.Figures.Place;
import io.github.camelmessagedb.store.MessageStore;
import io.github.camelmessagedb.store.ReadQuery;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Three processes handle what is written; one is killed and started again; and what came of the messages. */
final class Demonstration {

    static final int MESSAGES = 6000;
    /** A kill repeats fewer than that. */
    static final int REPEATS = MemberRoute.MAX_IN_FLIGHT + MemberRoute.POSITION_UPDATE_INTERVAL;

    private static final int MEMBERS = 3;
    private static final int KILLED = 1;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final EmbeddedMessageDb database;
    private final Ledger ledger;
    private final List<MemberProcess> members = new ArrayList<>();

    Demonstration(EmbeddedMessageDb database) {
        this.database = database;
        this.ledger = new Ledger(database.ownerDataSource());
    }

    /** What is wrong; nothing, if all went right. */
    List<String> run() throws Exception {
        ledger.create();
        try {
            for (int member = 0; member < MEMBERS; member++) {
                members.add(start(member));
            }
            CompletableFuture<Void> writing = new Writer(database.dataSource()).begin(MESSAGES);
            awaitHandled(2000);
            members.get(KILLED).kill();
            report("Member 1 is killed with -9");
            // The others go on with their streams; those of the dead wait for it.
            awaitHandled(ledger.read().size() + 500);
            report("Member 1 is started again");
            members.set(KILLED, start(KILLED));
            writing.get();
            awaitEnd();
            for (MemberProcess member : members) {
                member.stop();
            }
            return result();
        } finally {
            members.forEach(MemberProcess::close);
        }
    }

    private MemberProcess start(int member) throws Exception {
        return MemberProcess.start(database.jdbcUrl(), member, MEMBERS);
    }

    private void awaitHandled(int messages) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (ledger.read().size() < messages) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "In vain, until " + messages + " messages are handled: see target/member-*.log");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Until all is handled, or nothing more is: what is missing then is lost. */
    private void awaitEnd() throws Exception {
        int seen = -1;
        long quietSince = System.nanoTime();
        while (figures().lost() > 0 && System.nanoTime() - quietSince < SILENCE.toNanos()) {
            int now = ledger.read().size();
            if (now != seen) {
                seen = now;
                quietSince = System.nanoTime();
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private void report(String what) throws SQLException {
        List<Handling> handlings = ledger.read();
        System.out.printf(
                "%-28s handled by member 0: %,5d, by 1: %,5d, by 2: %,5d%n",
                what, by(0, handlings), by(1, handlings), by(2, handlings));
    }

    private static long by(int member, List<Handling> handlings) {
        return handlings.stream()
                .filter(handling -> handling.member() == member)
                .count();
    }

    private List<String> result() throws SQLException {
        report("At the end");
        Figures figures = figures();
        System.out.printf(
                "Written: %,d   handled: %,d   lost: %d   out of order: %d   repeated: %d (fewer than %d)%n",
                figures.written(), figures.handled(), figures.lost(), figures.violations(), figures.repeats(), REPEATS);
        return figures.faults(REPEATS);
    }

    private Figures figures() throws SQLException {
        return Figures.of(written(), ledger.read());
    }

    private Set<Place> written() {
        return new MessageStore(database.dataSource())
                .reader().readCategory(ReadQuery.of("parcel").withBatchSize(ReadQuery.UNLIMITED)).messages().stream()
                        .map(message -> new Place(message.stream().value(), message.position()))
                        .collect(toSet());
    }
}
