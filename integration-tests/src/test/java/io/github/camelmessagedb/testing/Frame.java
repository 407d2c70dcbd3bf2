package io.github.camelmessagedb.testing;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One message of the PostgreSQL protocol.
 *
 * @param type its type, {@link #STARTUP} for the untyped ones that begin a connection
 * @param bytes all of it, with type and length
 */
@SuppressWarnings("ArrayRecordComponent") // Frames are passed on, never compared.
record Frame(char type, byte[] bytes) {

    static final char STARTUP = 0;

    /** What a client asks before it starts; both are answered with one letter. */
    private static final int SSL_REQUEST = 80877103;

    private static final int GSS_REQUEST = 80877104;

    /** @throws EOFException if the sender has ended the connection */
    static Frame read(DataInputStream in) throws IOException {
        int type = in.read();
        if (type < 0) {
            throw new EOFException();
        }
        int length = in.readInt();
        byte[] bytes =
                ByteBuffer.allocate(1 + length).put((byte) type).putInt(length).array();
        in.readFully(bytes, 5, length - 4);
        return new Frame((char) type, bytes);
    }

    static Frame readUntyped(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = ByteBuffer.allocate(length).putInt(length).array();
        in.readFully(bytes, 4, length - 4);
        return new Frame(STARTUP, bytes);
    }

    boolean asksForEncryption() {
        int code = bytes.length < 8 ? 0 : ByteBuffer.wrap(bytes).getInt(4);
        return type == STARTUP && (code == SSL_REQUEST || code == GSS_REQUEST);
    }
}
