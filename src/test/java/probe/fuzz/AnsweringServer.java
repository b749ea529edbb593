package probe.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.SynchronousQueue;

/** One thread that gives each connection the answer which is next, whatever it is asked. */
final class AnsweringServer implements AutoCloseable {
    /** A client that keeps its connection open longer is the client's defect, and found as one. */
    private static final int PATIENCE_MILLIS = 5_000;

    /** Makes an answer from what the client said first, up to one read; empty where it was not listened to. */
    interface Words {
        byte[] in(byte[] heard) throws IOException;
    }

    /** When to speak. */
    enum Start {
        AT_ONCE, WHEN_ASKED
    }

    /** How to end, after the last byte. */
    enum Ending {
        /** FIN, and then reading what still comes, so that no reset overtakes the answer. */
        FIN,
        /** At once, with what was sent by the client unread. */
        CLOSE,
        /** RST. */
        RESET,
        /** Not at all: the client has to give up. */
        SILENCE
    }

    /**
     * One answer.
     *
     * @param words what to say
     * @param start when
     * @param ending and then
     * @param splitAt how many bytes go out alone, ahead of the others; may be 0 or more than there are
     */
    record Answer(Words words, Start start, Ending ending, int splitAt) {}

    private final ServerSocket listener;
    private final SynchronousQueue<Answer> next = new SynchronousQueue<>();
    private final Thread thread;

    AnsweringServer() throws IOException {
        listener = new ServerSocket();
        listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 50);
        thread = Thread.ofPlatform().daemon().name("answering-server").start(this::serve);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The answer for the next connection. */
    void answer(Answer answer) throws InterruptedException {
        next.put(answer);
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Answer answer = next.take();
                try (Socket socket = listener.accept()) {
                    serve(socket, answer);
                }
            } catch (IOException gone) {
                // The client has hung up, or the server is closed: the next case will tell.
            } catch (InterruptedException end) {
                return;
            }
        }
    }

    private static void serve(Socket socket, Answer answer) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[16 * 1024];
        byte[] heard = new byte[0];
        if (answer.start() == Start.WHEN_ASKED) {
            int count = in.read(buffer);
            heard = Arrays.copyOf(buffer, Math.max(count, 0));
        }
        byte[] bytes = answer.words().in(heard);
        OutputStream out = socket.getOutputStream();
        int split = Math.min(answer.splitAt(), bytes.length);
        if (split > 0) {
            out.write(bytes, 0, split);
        }
        out.write(bytes, split, bytes.length - split);
        end(socket, answer.ending(), in, buffer);
    }

    private static void end(Socket socket, Ending ending, InputStream in, byte[] buffer)
            throws IOException {
        switch (ending) {
            case CLOSE -> {}
            case RESET -> socket.setSoLinger(true, 0);
            case FIN, SILENCE -> {
                if (ending == Ending.FIN) {
                    socket.shutdownOutput();
                }
                while (in.read(buffer) >= 0) {
                    // What the client still says is of no interest.
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        thread.interrupt();
    }
}
