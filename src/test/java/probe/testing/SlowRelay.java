package probe.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes bytes on both ways; from the client's second message on, what the server says comes late. */
public final class SlowRelay implements AutoCloseable {
    private final ServerThreads threads = new ServerThreads("slow-relay");
    private final InetSocketAddress target;
    private final Duration late;
    private final LoopbackServer server;

    private SlowRelay(InetSocketAddress target, Duration late) {
        this.target = target;
        this.late = late;
        this.server = LoopbackServer.start(threads,
                new InetSocketAddress(Loopback.V4.address(), 0), 0, this::serve);
    }

    /** A relay to this server. */
    public static SlowRelay to(InetSocketAddress target, Duration late) {
        return new SlowRelay(target, late);
    }

    public InetSocketAddress address() {
        return server.address();
    }

    private ServerThreads.Task serve(Socket client) {
        return () -> {
            Socket onwards = threads.own(new Socket());
            onwards.connect(target);
            AtomicInteger said = new AtomicInteger();
            threads.start(() -> back(onwards, client, said));
            byte[] buffer = new byte[16 * 1024];
            InputStream in = client.getInputStream();
            OutputStream out = onwards.getOutputStream();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                said.incrementAndGet();
                out.write(buffer, 0, count);
            }
            threads.release(onwards);
        };
    }

    private void back(Socket server, Socket client, AtomicInteger said)
            throws IOException, InterruptedException {
        byte[] buffer = new byte[16 * 1024];
        InputStream in = server.getInputStream();
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            if (said.get() > 1) {
                threads.pause(late);
            }
            client.getOutputStream().write(buffer, 0, count);
        }
        threads.release(client);
    }

    @Override
    public void close() {
        server.close();
    }
}
