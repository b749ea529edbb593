package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import probe.prober.TlsRecords.Spoken;
import probe.testing.Payload;

/** What can be read of a server's half of a handshake without keys, in whatever pieces it comes. */
class TlsRecordsTest {
    /** The ServerHello of RFC 8448 §3, which chooses TLS 1.3. */
    private static final String HELLO_1_3 = "16 0303 005a 02 000056 0303"
            + "a6af06a4121860dc5e6e60249cd34c95930c8ac5cb1434dac155772ed3e26928"
            + "00 1301 00 002e 0033 0024 001d 0020"
            + "c9828876112095fe66762bdbf7c672e156d6cc253b833df1dd69b1b04e751f0f"
            + "002b 0002 0304";
    private static final String HELLO_1_2 = "16 0303 002a 02 000026 0303" + "07".repeat(32)
            + "00 c02f 00";

    private static TlsRecords read(String hex, int piece) {
        byte[] bytes = Payload.hex(hex).bytes();
        TlsRecords records = new TlsRecords();
        for (int i = 0; i < bytes.length; i += piece) {
            records.read(bytes, i, Math.min(piece, bytes.length - i));
        }
        return records;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void pieces_do_not_matter(int piece) {
        TlsRecords records = read(HELLO_1_3 + "15 0303 0002 02 28", piece);
        assertEquals(Spoken.TLS, records.spoken());
        assertEquals(0x0304, records.version());
        assertEquals(40, records.fatalAlert());
    }

    @Test
    void the_version_of_older_protocols_is_in_the_hello_itself() {
        assertEquals(0x0303, read(HELLO_1_2, 1000).version());
        assertEquals(0x0301, read(HELLO_1_2.replace("0303", "0301"), 1000).version());
    }

    @Test
    void a_hello_cut_anywhere_tells_nothing_wrong() {
        byte[] bytes = Payload.hex(HELLO_1_3).bytes();
        for (int length = 0; length < bytes.length; length++) {
            TlsRecords records = new TlsRecords();
            records.read(bytes, 0, length);
            Integer version = records.version();
            // The field says 1.2 until the extension has come.
            assertTrue(version == null || version == 0x0303, "cut at " + length);
            assertNull(records.fatalAlert());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "15 0303 0002 02 46, 70",
        "15 0301 0002 02 28, 40",
        "15 0303 0002 02 74 15 0303 0002 02 28, 116",
        "15 0303 0002 01 70 15 0303 0002 02 28, 40"})
    void the_first_fatal_alert_counts(String hex, int code) {
        assertEquals(code, read(hex, 1).fatalAlert());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "15 0303 0002 01 00", // close_notify
        "15 0303 0002 01 70", // a warning, which TLS 1.2 goes on after
        "15 0303 0002 02 00",
        "15 0303 0002 02 5a", // user_canceled
        "15 0303 0002 02", // not whole
        "15 0303 0013 02 28 0000000000000000000000000000000000", // encrypted
        "17 0303 0002 02 28"})
    void other_alerts_do_not(String hex) {
        assertNull(read(hex, 1).fatalAlert());
    }

    @ParameterizedTest
    @CsvSource({"'', NOTHING", "15, NOTHING", "16, NOTHING", "16 03, TLS", "15 03, TLS",
        "16 02, SOMETHING_ELSE", "17, SOMETHING_ELSE", "48, SOMETHING_ELSE",
        "00, SOMETHING_ELSE", "80, SOMETHING_ELSE", "53 53 48, SOMETHING_ELSE"})
    void the_first_two_bytes_tell_tls_from_anything_else(String hex, Spoken spoken) {
        assertEquals(spoken, read(hex, 1).spoken());
    }

    @Test
    void empty_records_and_noise_are_survived() {
        assertEquals(40, read("16 0303 0000 16 0303 0000 15 0303 0002 02 28", 1).fatalAlert());
        Random random = new Random(20260101);
        for (int round = 0; round < 2000; round++) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            byte[] hello = Payload.hex(round % 2 == 0 ? "16 0303" : HELLO_1_3)
                    .plus(Payload.of(noise))
                    .bytes();
            hello[random.nextInt(hello.length)] = (byte) random.nextInt(256);
            TlsRecords records = new TlsRecords();
            records.read(hello, 0, hello.length);
            records.version();
            assertNotNull(records.spoken());
        }
    }
}
