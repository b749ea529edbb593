package probe.evidence.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import probe.evidence.IcmpMessage;
import probe.evidence.IcmpMessage.Meaning;

class ErrorQueueTest {
    /** Where the extended error begins, behind the TTL's control message and its own header. */
    private static final int ERROR = 24 + 16;

    @Test
    void an_icmp_error_tells_its_sender_and_ttl() {
        assertEquals(new IcmpMessage(Meaning.PROHIBITED, 3, 13, 113, "192.0.2.2", 64),
                ErrorQueue.decode(Recorded.bytes(Recorded.PROHIBITED_V4)));
    }

    @Test
    void an_icmpv6_error_tells_its_sender_and_hop_limit() {
        assertEquals(new IcmpMessage(Meaning.PROHIBITED, 1, 1, 13, "2001:db8::2", 64),
                ErrorQueue.decode(Recorded.bytes(Recorded.PROHIBITED_V6)));
    }

    @ParameterizedTest
    @CsvSource({"3, 0, NETWORK_UNREACHABLE", "3, 1, HOST_UNREACHABLE", "3, 3, PORT_UNREACHABLE",
        "3, 4, TOO_BIG", "3, 9, PROHIBITED", "3, 10, PROHIBITED", "3, 13, PROHIBITED",
        "3, 15, OTHER", "11, 0, TTL_EXCEEDED", "12, 0, OTHER"})
    void the_codes_of_icmp_have_their_meanings(int type, int code, Meaning meaning) {
        assertEquals(meaning, decode(Recorded.PROHIBITED_V4, type, code).meaning());
    }

    @ParameterizedTest
    @CsvSource({"1, 0, NETWORK_UNREACHABLE", "1, 1, PROHIBITED", "1, 3, HOST_UNREACHABLE",
        "1, 4, PORT_UNREACHABLE", "1, 5, PROHIBITED", "1, 9, OTHER", "2, 0, TOO_BIG",
        "3, 0, TTL_EXCEEDED", "4, 0, OTHER"})
    void the_codes_of_icmpv6_have_their_meanings(int type, int code, Meaning meaning) {
        assertEquals(meaning, decode(Recorded.PROHIBITED_V6, type, code).meaning());
    }

    @Test
    void what_is_no_icmp_error_is_none() {
        byte[] timestamp = Recorded.bytes(Recorded.PROHIBITED_V4);
        timestamp[ERROR + 4] = 4;
        assertNull(ErrorQueue.decode(timestamp));
        assertNull(ErrorQueue.decode(new byte[0]));
        assertNull(ErrorQueue.decode(Arrays.copyOf(timestamp, 30)), "cut");
    }

    private static IcmpMessage decode(String recorded, int type, int code) {
        byte[] bytes = Recorded.bytes(recorded);
        bytes[ERROR + 5] = (byte) type;
        bytes[ERROR + 6] = (byte) code;
        IcmpMessage message = ErrorQueue.decode(bytes);
        assertNotNull(message);
        return message;
    }
}
