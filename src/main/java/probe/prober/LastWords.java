package probe.prober;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;

/**
 * What a protocol lets a client still send on a connection that it has given up: it is no request, changes nothing, and
 * the far kernel acknowledges it like any other byte. Known only on the attempt's own thread; where a limit ended the
 * attempt from another, there are none.
 */
@FunctionalInterface
public interface LastWords {
    /** There is nothing that this protocol allows. */
    LastWords NONE = List::of;

    /** Empty lines where a server of HTTP/1.1 awaits a request line, which it ignores (RFC 9112 §2.2). */
    LastWords EMPTY_LINES = () -> Collections.nCopies(3,
            "\r\n".getBytes(StandardCharsets.US_ASCII));

    /**
     * The alerts user_canceled and close_notify, as a record each, before any key is agreed on: so a client ends a
     * handshake that it no longer wants (RFC 8446 §5.1 and §6.1).
     */
    LastWords CANCELLED_HANDSHAKE = () -> List.of(alert(90), alert(0));

    /** Sent one by one, in this order, perhaps as the parts of one message. Asked for once at most. */
    List<byte[]> bytes();

    private static byte[] alert(int description) {
        return new byte[] {21, 3, 3, 0, 2, 1, (byte) description};
    }
}
