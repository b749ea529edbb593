package probe.evidence.collect;

import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import probe.evidence.NameServerAnswer.Outcome;
import probe.evidence.NameServerAnswer.Transport;

/**
 * One question to one name server: over UDP, a second time after half a second of silence, and over TCP when the
 * answer did not fit. The UDP socket is connected, so that the kernel tells when nobody listens (ICMP port
 * unreachable), and drops what comes from elsewhere.
 */
final class DnsConversation {
    /** The resolver of glibc waits 5 s before it asks again; here the whole inquiry has less. */
    private static final Duration AGAIN = Duration.ofMillis(500);
    /** After something that is no answer, the true one may still be under way (RFC 5452 §9.1); but not long. */
    private static final Duration TRUE_ANSWER = Duration.ofMillis(300);
    private static final int MAX_MESSAGE = 65_535;

    /**
     * How a conversation ended.
     *
     * @param transport how the last word came, or was waited for
     * @param outcome how it ended
     * @param reply what was said, or null
     * @param duration how long it took
     */
    record Result(Transport transport, Outcome outcome, DnsMessage.@Nullable Reply reply,
            Duration duration) {}

    private final InetSocketAddress server;
    private final DnsMessage question;
    private final long begun = System.nanoTime();
    private final long end;

    private DnsConversation(InetSocketAddress server, DnsMessage question, Duration budget) {
        this.server = server;
        this.question = question;
        this.end = begun + budget.toNanos();
    }

    /** Asks, and never throws for what the network does. */
    static Result ask(InetSocketAddress server, DnsMessage question, Duration budget) {
        return new DnsConversation(server, question, budget).udp();
    }

    private Result udp() {
        byte[] bytes = question.bytes();
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(server);
            socket.send(new DatagramPacket(bytes, bytes.length));
            long again = begun + AGAIN.toNanos();
            long give = end;
            boolean bad = false;
            // Receive first, look at the clock after: on a machine that stalls the answer is already here.
            for (byte[] received = receive(socket, Math.min(again, give)); received != null
                    || System.nanoTime()
                            < give; received = receive(socket, Math.min(again, give))) {
                Optional<DnsMessage.Reply> reply = received == null ? Optional.empty()
                        : question.answer(received);
                if (reply.isPresent()) {
                    return reply.get().completeness() == DnsMessage.Completeness.TRUNCATED ? tcp()
                            : result(Transport.UDP, reply.get());
                }
                if (received != null) {
                    bad = true;
                    give = Math.min(give, System.nanoTime() + TRUE_ANSWER.toNanos());
                } else if (again < give) {
                    again = Long.MAX_VALUE;
                    socket.send(new DatagramPacket(bytes, bytes.length));
                }
            }
            return result(Transport.UDP, bad ? Outcome.BAD_RESPONSE : Outcome.TIMED_OUT);
        } catch (IOException e) { // PortUnreachableException, or no route to send by
            return result(Transport.UDP, Outcome.UNREACHABLE);
        }
    }

    /** The next datagram, or null when none has come until then. */
    private static byte @Nullable [] receive(DatagramSocket socket, long until) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[MAX_MESSAGE], MAX_MESSAGE);
        try {
            socket.setSoTimeout(millisUntil(until));
            socket.receive(packet);
            return Arrays.copyOf(packet.getData(), packet.getLength());
        } catch (SocketTimeoutException silence) {
            return null;
        }
    }

    private Result tcp() {
        byte[] bytes = question.bytes();
        try (Socket socket = new Socket()) {
            socket.connect(server, millisUntil(end));
            new DataOutputStream(socket.getOutputStream()).write(ByteBuffer
                    .allocate(bytes.length + 2)
                    .putShort((short) bytes.length)
                    .put(bytes)
                    .array());
            int length = ByteBuffer.wrap(read(socket, 2)).getShort() & 0xffff;
            Optional<DnsMessage.Reply> reply = question.answer(read(socket, length));
            return reply.isPresent() ? result(Transport.TCP, reply.get())
                    : result(Transport.TCP, Outcome.BAD_RESPONSE);
        } catch (SocketTimeoutException silence) {
            return result(Transport.TCP, Outcome.TIMED_OUT);
        } catch (ConnectException refused) {
            return result(Transport.TCP, Outcome.UNREACHABLE);
        } catch (IOException brokenOff) {
            return result(Transport.TCP, Outcome.BAD_RESPONSE);
        }
    }

    /** Exactly so many bytes, however slowly they drip, but not after the end. */
    private byte[] read(Socket socket, int length) throws IOException {
        byte[] bytes = new byte[length];
        InputStream in = socket.getInputStream();
        for (int have = 0; have < length;) {
            if (System.nanoTime() >= end) {
                throw new SocketTimeoutException();
            }
            socket.setSoTimeout(millisUntil(end));
            int count = in.read(bytes, have, length - have);
            if (count < 0) {
                throw new EOFException();
            }
            have += count;
        }
        return bytes;
    }

    /** At least 1, as 0 would wait for ever. */
    private static int millisUntil(long instant) {
        return Math.clamp((instant - System.nanoTime()) / 1_000_000, 1, 60_000);
    }

    private Result result(Transport transport, DnsMessage.Reply reply) {
        return new Result(transport, reply.outcome(), reply, elapsed());
    }

    private Result result(Transport transport, Outcome outcome) {
        return new Result(transport, outcome, null, elapsed());
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }
}
