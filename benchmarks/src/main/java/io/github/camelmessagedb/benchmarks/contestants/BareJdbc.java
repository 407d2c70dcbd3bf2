package io.github.camelmessagedb.benchmarks.contestants;

import io.github.camelmessagedb.benchmarks.measure.Meter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;

/** What a program does that has no library: prepared statements on a pooled connection, rows as strings. */
public final class BareJdbc {

    private static final int BATCH = 1000;

    private static final String WRITE = "SELECT message_store.write_message(?, ?, ?, ?::jsonb, ?::jsonb)";

    private static final String LOOP = "SELECT benchmark.write_loop(?, ?, ?, ?)";

    private static final String INSERT = "SELECT benchmark.insert_all(?, ?, ?, ?)";

    /** With the comparison of rows, without which the planner walks through other categories. */
    private static final String READ = """
            SELECT id, stream_name, type, position, global_position, data, metadata, time
            FROM message_store.messages
            WHERE (message_store.category(stream_name), global_position) >= (?, ?) AND message_store.category(stream_name) <= ?
            ORDER BY message_store.category(stream_name), global_position LIMIT 1000
            """;

    private static final String READ_MEMBER =
            "SELECT * FROM message_store.get_category_messages(?, ?, " + BATCH + ", NULL, ?, ?)";

    private final DataSource dataSource;

    public BareJdbc(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** One call in autocommit. */
    public void write(String stream) throws SQLException {
        write(stream, UUID.randomUUID());
    }

    /** One call in autocommit, with an id. */
    public void write(String stream, UUID id) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            write(connection, stream, id);
        }
    }

    /** One call in autocommit, with data. */
    public void write(String stream, String data) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement call = connection.prepareStatement(WRITE)) {
            write(call, stream, UUID.randomUUID(), data);
        }
    }

    /** In whatever transaction the connection is. */
    public static void write(Connection connection, String stream, UUID id) throws SQLException {
        try (PreparedStatement call = connection.prepareStatement(WRITE)) {
            write(call, stream, id, Payload.DATA);
        }
    }

    /** So many calls in one transaction. */
    public void writeInTransaction(String stream, int messages) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement call = connection.prepareStatement(WRITE)) {
                for (int i = 0; i < messages; i++) {
                    write(call, stream, UUID.randomUUID(), Payload.DATA);
                }
            }
            connection.commit();
        }
    }

    private static void write(PreparedStatement call, String stream, UUID id, String data) throws SQLException {
        call.setString(1, id.toString());
        call.setString(2, stream);
        call.setString(3, Payload.TYPE);
        call.setString(4, data);
        call.setString(5, Payload.METADATA);
        try (ResultSet position = call.executeQuery()) {
            position.next();
        }
    }

    /** The same calls in a loop inside the server, which is as fast as write_message can be. */
    public void writeInServer(String stream, int messages) throws SQLException {
        inServer(LOOP, stream, messages);
    }

    /** One INSERT of as many inside the server, which is as fast as messages can be written past write_message. */
    public void insertInServer(String stream, int messages) throws SQLException {
        inServer(INSERT, stream, messages);
    }

    private void inServer(String function, String stream, int messages) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement call = connection.prepareStatement(function)) {
            call.setString(1, stream);
            call.setInt(2, messages);
            call.setString(3, Payload.DATA);
            call.setString(4, Payload.METADATA);
            try (ResultSet position = call.executeQuery()) {
                position.next();
            }
        }
    }

    /** Reads a category from its beginning, for as long as it is to be metered. */
    public void read(String category, Meter meter) throws SQLException {
        read(category, meter, meter::count);
    }

    private void read(String category, Meter meter, Runnable each) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(READ)) {
            long position = 0;
            while (position >= 0 && !meter.isFull()) {
                query.setString(1, category);
                query.setLong(2, position);
                query.setString(3, category);
                position = page(query, each);
            }
        }
    }

    /** The same, with work for each row that so many threads do, in no order; no more than a page waits for them. */
    public void readWith(int threads, String category, Meter meter, Runnable work) throws SQLException {
        Semaphore room = new Semaphore(BATCH);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            read(category, meter, () -> {
                room.acquireUninterruptibly();
                executor.execute(() -> {
                    work.run();
                    meter.count();
                    room.release();
                });
            });
        } finally {
            executor.shutdown();
        }
    }

    /** The same for a member of a group, as the server's function has it. */
    public void readMember(String category, int member, int size, Meter meter) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(READ_MEMBER)) {
            long position = 0;
            while (position >= 0 && !meter.isFull()) {
                memberPage(query, category, position, member, size);
                position = page(query, meter::count);
            }
        }
    }

    /** The same for all members of a group, one after the other on one connection. */
    public void readMembersInTurn(String category, int size, Meter meter) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query = connection.prepareStatement(READ_MEMBER)) {
            long[] positions = new long[size];
            while (!meter.isFull()) {
                for (int member = 0; member < size; member++) {
                    memberPage(query, category, positions[member], member, size);
                    positions[member] = Math.max(positions[member], page(query, meter::count));
                }
            }
        }
    }

    private static void memberPage(PreparedStatement query, String category, long position, int member, int size)
            throws SQLException {
        query.setString(1, category);
        query.setLong(2, position);
        query.setLong(3, member);
        query.setLong(4, size);
    }

    /** Answers where to go on, or -1 if there is nothing. */
    private static long page(PreparedStatement query, Runnable each) throws SQLException {
        long next = -1;
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                for (int column = 1; column <= 8; column++) {
                    row.getString(column);
                }
                next = row.getLong("global_position") + 1;
                each.run();
            }
        }
        return next;
    }

    /** One question of a poll that finds nothing, as the server's function answers it. */
    public void poll(String category, long position) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("SELECT * FROM message_store.get_category_messages(?, ?, 1000)")) {
            query.setString(1, category);
            query.setLong(2, position);
            try (ResultSet row = query.executeQuery()) {
                row.next();
            }
        }
    }
}
