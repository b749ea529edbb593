package probe.evidence.collect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** The server's side of a {@link NetworkLab}: ports that accept and say nothing, and one that never accepts. */
final class LabServer {
    /** Accepts and reads and never answers. */
    static final List<Integer> MUTE = List.of(7001, 7006, 7007, 7008, 7009);
    /** Listens with a queue of one, and never accepts. */
    static final int FULL = 7020;

    private LabServer() {}

    public static void main(String[] arguments) throws IOException {
        List<Socket> held = new ArrayList<>();
        ServerSocket full = new ServerSocket();
        full.bind(new InetSocketAddress(FULL), 1);
        for (int i = 0; i < 4; i++) {
            Socket filler = new Socket();
            held.add(filler);
            try {
                filler.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), FULL), 100);
            } catch (IOException noRoomLeft) {
                break;
            }
        }
        for (int port : MUTE) {
            ServerSocket mute = new ServerSocket(port);
            Thread.ofPlatform().daemon().start(() -> swallow(mute));
        }
        System.out.println("ready");
        int end = System.in.read();
        System.out.println("ended with " + end + ", " + held.size() + " held");
    }

    private static void swallow(ServerSocket mute) {
        while (true) {
            try {
                Socket socket = mute.accept();
                Thread.ofPlatform().daemon().start(() -> drain(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void drain(Socket socket) {
        try (socket) {
            while (socket.getInputStream().read() >= 0) {
                // Whatever it is, there is no answer.
            }
            // An end of stream is no reason to hurry either: the socket stays until the process ends.
            Thread.sleep(60_000);
        } catch (IOException | InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }
}
