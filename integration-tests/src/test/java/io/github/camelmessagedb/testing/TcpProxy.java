package io.github.camelmessagedb.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Stands between a driver and PostgreSQL, knows where the messages of their protocol begin and end, and breaks
 * connections between or within them. It refuses encryption. All its methods may be called at any time from any thread.
 */
public final class TcpProxy implements AutoCloseable {

    private final String host;
    private final int port;
    private final int ownPort;
    private final Set<ProxiedConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLongArray messagesOfClients = new AtomicLongArray(128);

    private @Nullable Listener listener;
    private @Nullable Cut cut;
    private int messagesUntilCut;
    private boolean forwarding = true;

    /** Listens on a free port and forwards to this one. */
    public TcpProxy(String host, int port) {
        this.host = host;
        this.port = port;
        Listener first = listen(0);
        this.listener = first;
        this.ownPort = first.socket().getLocalPort();
    }

    /** In front of the server of a test database. */
    public static TcpProxy of(TestDatabase database) {
        return new TcpProxy(database.host(), database.port());
    }

    /** The same data source, but through this proxy. Its connections give up after ten seconds without an answer. */
    public PGSimpleDataSource through(PGSimpleDataSource dataSource) {
        dataSource.setServerNames(new String[] {"localhost"});
        dataSource.setPortNumbers(new int[] {ownPort});
        dataSource.setSocketTimeout(10);
        return dataSource;
    }

    /** Where it listens, on the loopback interface. */
    public int port() {
        return ownPort;
    }

    /** Breaks one connection, at the message that the cut says; a cut that was set before is forgotten. */
    public synchronized void set(Cut next) {
        cut = next;
        messagesUntilCut = next.message();
    }

    /** Whether a cut was set and its message has not come yet. */
    public synchronized boolean isCutPending() {
        return cut != null;
    }

    /** Forgets the cut. */
    public synchronized void clearCut() {
        cut = null;
    }

    /** Breaks all connections that there are. */
    public void cutAll() {
        connections.forEach(ProxiedConnection::cut);
    }

    /** Lets connections live and take what is sent, but nothing gets through any more: half-open connections. */
    public synchronized void stopForwarding() {
        forwarding = false;
    }

    /** Forwards again, what was held back too. */
    public synchronized void forward() {
        forwarding = true;
        notifyAll();
    }

    /** Refuses new connections, from when this returns; those that there are stay. */
    public synchronized void refuseConnections() {
        if (listener != null) {
            closeQuietly(listener.socket());
            // Closing does not end a call of accept at once: until it ends, it may let one more in.
            awaitEnd(listener.accepting());
            listener = null;
        }
    }

    /** Accepts connections again, on the same port. */
    public synchronized void acceptConnections() {
        if (listener == null) {
            listener = listen(ownPort);
        }
    }

    /** How many messages of a type clients have sent: {@code 'S'}, Sync, is one a round trip. */
    public long messagesOfClients(char type) {
        return messagesOfClients.get(type);
    }

    /** How many connections there are. */
    public int connections() {
        return connections.size();
    }

    /** Breaks all connections and stops listening. */
    @Override
    public void close() {
        refuseConnections();
        forward();
        cutAll();
    }

    /** Waits while nothing is to be forwarded, and says whether the connection is to be broken at this message. */
    synchronized Cut.@Nullable When next(Cut.Sender sender, Frame frame) throws InterruptedException {
        while (!forwarding) {
            wait();
        }
        if (sender == Cut.Sender.CLIENT) {
            messagesOfClients.incrementAndGet(frame.type());
        }
        if (cut == null || cut.sender() != sender || --messagesUntilCut > 0) {
            return null;
        }
        Cut.When when = cut.when();
        cut = null;
        return when;
    }

    void ended(ProxiedConnection connection) {
        connections.remove(connection);
    }

    private record Listener(ServerSocket socket, Thread accepting) {}

    private Listener listen(int where) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("localhost"), where));
            return new Listener(socket, daemon("proxy-accept", () -> accept(socket)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                try {
                    ProxiedConnection connection = new ProxiedConnection(this, client, new Socket(host, port));
                    connections.add(connection);
                    connection.start();
                } catch (IOException e) {
                    closeQuietly(client);
                }
            } catch (IOException e) {
                // Closed, or a client that has gone: the loop's condition tells.
            }
        }
    }

    static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void awaitEnd(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // It is to be broken anyway.
        }
    }
}
