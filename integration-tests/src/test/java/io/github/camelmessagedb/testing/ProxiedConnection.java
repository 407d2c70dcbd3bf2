package io.github.camelmessagedb.testing;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** One connection through a {@link TcpProxy}: a thread for each direction. */
final class ProxiedConnection {

    private final TcpProxy proxy;
    private final Socket client;
    private final Socket server;

    ProxiedConnection(TcpProxy proxy, Socket client, Socket server) throws IOException {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    void start() {
        TcpProxy.daemon("proxy-client", () -> pump(this::fromClient));
        TcpProxy.daemon("proxy-server", () -> pump(this::fromServer));
    }

    /**
     * The client loses its connection at once. The server still gets what was forwarded, and then the end of its input;
     * what it answers is thrown away.
     */
    void cut() {
        TcpProxy.closeQuietly(client);
        TcpProxy.closeQuietly(server::shutdownOutput);
    }

    private void fromClient() throws IOException, InterruptedException {
        DataInputStream in = input(client);
        Frame startup = Frame.readUntyped(in);
        while (startup.asksForEncryption()) {
            client.getOutputStream().write('N');
            startup = Frame.readUntyped(in);
        }
        if (forward(Cut.Sender.CLIENT, startup, server.getOutputStream())) {
            forwardAll(Cut.Sender.CLIENT, in, server.getOutputStream());
        }
    }

    private void fromServer() throws IOException, InterruptedException {
        DataInputStream in = input(server);
        try {
            forwardAll(Cut.Sender.SERVER, in, client.getOutputStream());
        } finally {
            TcpProxy.closeQuietly(client);
            in.transferTo(OutputStream.nullOutputStream());
            TcpProxy.closeQuietly(server);
            proxy.ended(this);
        }
    }

    private void forwardAll(Cut.Sender sender, DataInputStream in, OutputStream out)
            throws IOException, InterruptedException {
        while (forward(sender, Frame.read(in), out)) {
            // The next one.
        }
    }

    private boolean forward(Cut.Sender sender, Frame frame, OutputStream out) throws IOException, InterruptedException {
        Cut.@Nullable When when = proxy.next(sender, frame);
        if (when != null && sender == Cut.Sender.CLIENT) {
            // Before the server has it: its answer is not to come through faster than the cut.
            TcpProxy.closeQuietly(client);
        }
        if (when != Cut.When.BEFORE) {
            out.write(frame.bytes(), 0, when == Cut.When.HALFWAY ? frame.bytes().length / 2 : frame.bytes().length);
        }
        if (when != null) {
            cut();
        }
        return when == null;
    }

    private static DataInputStream input(Socket socket) throws IOException {
        return new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    @FunctionalInterface
    private interface Pumping {
        void run() throws IOException, InterruptedException;
    }

    private void pump(Pumping pumping) {
        try {
            pumping.run();
        } catch (IOException | InterruptedException e) {
            // The connection has ended, by itself or by a cut.
        } finally {
            cut();
        }
    }
}
