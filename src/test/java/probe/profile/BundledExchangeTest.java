package probe.profile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scripts of the bundled profiles, held against what servers of each protocol really say. */
class BundledExchangeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0',
            textBlock = """
                    redis | 1 | +PONG\\r\\n
                    redis | 1 | -NOAUTH Authentication required.\\r\\n
                    redis | 1 | -NOPERM User default has no permissions to run the 'ping' command\\r\\n
                    redis | 3 | +OK\\r\\n
                    ssh | 0 | SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\\r\\n
                    ssh | 0 | SSH-1.99-Cisco-1.25\\n
                    ssh | 0 | This host is watched.\\r\\nSSH-2.0-dropbear_2022.83\\r\\n
                    smtp | 0 | 220 mail.example ESMTP Postfix\\r\\n
                    smtp | 0 | 220-mail.example ESMTP\\r\\n220-No spam\\r\\n220 ready\\r\\n
                    smtp | 2 | 250-mail.example\\r\\n250-SIZE 10240000\\r\\n250 SMTPUTF8\\r\\n
                    smtp | 2 | 250 mail.example\\r\\n
                    smtp | 4 | 221 2.0.0 Bye\\r\\n
                    smtp-starttls | 2 | 250-mail.example\\r\\n250-STARTTLS\\r\\n250 8BITMIME\\r\\n
                    smtp-starttls | 2 | 250-mail.example\\r\\n250 starttls\\r\\n
                    smtp-starttls | 4 | 220 2.0.0 Ready to start TLS\\r\\n
                    imap | 0 | * OK [CAPABILITY IMAP4rev1 STARTTLS] ready\\r\\n
                    imap | 0 | * PREAUTH welcome\\r\\n
                    imap | 2 | * BYE Logging out\\r\\np1 OK Logout completed.\\r\\n
                    imap-starttls | 2 | p1 OK Begin TLS negotiation now.\\r\\n
                    pop3 | 0 | +OK Dovecot ready.\\r\\n
                    pop3 | 2 | +OK Logging out\\r\\n
                    pop3-starttls | 2 | +OK Begin TLS negotiation now.\\r\\n
                    ldap | 1 | 0\\x0c\\x02\\x01\\x01a\\x07\\x0a\\x01\\x00\\x04\\x00\\x04\\x00
                    ldap | 1 | 0\\x84\\x00\\x00\\x00\\x10\\x02\\x01\\x01a\\x84\\x00\\x00\\x00\\x07\\x0a\\x01\\x00\\x04\\x00\\x04\\x00
                    ldap | 1 | 0\\x2a\\x02\\x01\\x01a%\\x0a\\x010\\x04\\x00\\x04\\x1eanonymous bind disallowed\\x00\\x00\\x00
                    ldap-starttls | 1 | 0\\x0c\\x02\\x01\\x01x\\x07\\x0a\\x01\\x00\\x04\\x00\\x04\\x00
                    postgres | 1 | S
                    postgres | 1 | N
                    postgres-tls | 1 | S
                    mysql | 0 | J\\x00\\x00\\x00\\x0a8.0.36\\x00\\x0b\\x00\\x00\\x00abcdefgh\\x00
                    mysql | 0 | Y\\x00\\x00\\x00\\x0a5.5.5-10.11.6-MariaDB-0+deb12u1\\x00\\x1f\\x00
                    mysql | 2 | \\x07\\x00\\x00\\x02\\x00\\x00\\x00\\x02\\x00\\x00\\x00
                    mysql | 2 | H\\x00\\x00\\x02\\xff\\x15\\x04#28000Access denied for user 'probe'@'localhost'
                    mysql | 2 | ,\\x00\\x00\\x02\\xfemysql_native_password\\x00
                    """)
    void a_server_that_is_well_passes(String profile, int step, String said) {
        assertTrue(matches(profile, step, said), said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0',
            textBlock = """
                    redis | 1 | -DENIED Redis is running in protected mode\\r\\n
                    redis | 1 | -LOADING Redis is loading the dataset in memory\\r\\n
                    redis | 1 | HTTP/1.1 400 Bad Request\\r\\n
                    redis | 1 | +PON
                    ssh | 0 | SSH-1.5-1.2.27\\n
                    ssh | 0 | Exceeded MaxStartups\\r\\n
                    ssh | 0 | HTTP/1.1 400 SSH-2.0-\\r\\n
                    smtp | 0 | 554 5.7.1 No SMTP service here\\r\\n
                    smtp | 0 | 421 4.3.2 Too many connections\\r\\n
                    smtp | 0 | 220-mail.example ESMTP\\r\\n
                    smtp | 2 | 250-mail.example\\r\\n250-PIPELINING\\r\\n
                    smtp | 2 | 502 5.5.2 Error: command not recognized\\r\\n
                    smtp-starttls | 2 | 250-mail.example\\r\\n250 8BITMIME\\r\\n
                    smtp-starttls | 2 | 250-mail.example\\r\\n250-STARTTLS\\r\\n
                    smtp-starttls | 4 | 454 4.7.0 TLS not available\\r\\n
                    imap | 0 | * BYE Too many connections\\r\\n
                    imap-starttls | 2 | p1 BAD TLS support isn't enabled.\\r\\n
                    pop3 | 0 | -ERR [SYS/TEMP] busy\\r\\n
                    pop3-starttls | 2 | -ERR TLS support isn't enabled.\\r\\n
                    ldap | 1 | 0\\x0c\\x02\\x01\\x01a\\x07\\x0a\\x013\\x04\\x00\\x04\\x00
                    ldap-starttls | 1 | 0\\x0c\\x02\\x01\\x01x\\x07\\x0a\\x01\\x02\\x04\\x00\\x04\\x00
                    postgres | 1 | SSH-2.0-OpenSSH_9.2p1\\r\\n
                    postgres | 1 | E\\x00\\x00\\x00\\x40SFATAL
                    postgres-tls | 1 | N
                    mysql | 0 | K\\x00\\x00\\x00\\xffj\\x04Host '192.0.2.1' is not allowed to connect to this MySQL server
                    mysql | 0 | \\x17\\x00\\x00\\x00\\xff\\x10\\x04Too many connections
                    mysql | 0 | HTTP/1.1 400 Bad Request\\r\\n
                    mysql | 2 | (\\x00\\x00\\x02\\xff\\x10\\x04#08004Too many connections
                    """)
    void anything_else_does_not(String profile, int step, String said) {
        assertFalse(matches(profile, step, said), said);
    }

    private static boolean matches(String profile, int step, String said) {
        Step.Expect expect = (Step.Expect) exchange(profile).get(step);
        return Pattern.compile(expect.pattern(), Pattern.DOTALL)
                .matcher(Escapes.unescape(said))
                .find();
    }

    private static List<Step> exchange(String profile) {
        return Objects.requireNonNull(ProfileReader.load(profile).exchange());
    }

    private static ByteBuffer sent(String profile, int step) {
        return ByteBuffer
                .wrap(((Step.Send) exchange(profile).get(step)).text().getBytes(ISO_8859_1));
    }

    @Test
    void ssh_takes_its_leave_with_a_well_formed_packet() {
        ByteBuffer sent = sent("ssh", 1);
        byte[] version = new byte["SSH-2.0-probe\r\n".length()];
        sent.get(version);
        assertEquals("SSH-2.0-probe\r\n", new String(version, ISO_8859_1));
        assertEquals(0, sent.remaining() % 8); // RFC 4253 §6: whole blocks of 8, no cipher yet
        assertEquals(sent.remaining() - 4, sent.getInt());
        int padding = sent.get();
        assertTrue(padding >= 4);
        assertEquals(1, sent.get()); // SSH_MSG_DISCONNECT
        assertEquals(11, sent.getInt()); // SSH_DISCONNECT_BY_APPLICATION
        assertEquals(0, sent.getInt()); // no description
        assertEquals(0, sent.getInt()); // no language tag
        assertEquals(padding, sent.remaining());
    }

    @Test
    void postgres_is_asked_with_the_code_of_an_ssl_request() {
        for (String profile : List.of("postgres", "postgres-tls")) {
            ByteBuffer sent = sent(profile, 0);
            assertEquals(sent.remaining(), sent.getInt());
            assertEquals(80877103, sent.getInt());
            assertEquals(0, sent.remaining());
        }
    }

    @Test
    void mysql_is_answered_with_a_whole_login_packet() {
        ByteBuffer sent = sent("mysql", 1).order(ByteOrder.LITTLE_ENDIAN);
        int header = sent.getInt();
        assertEquals(sent.remaining(), header & 0xffffff);
        assertEquals(1, header >>> 24); // the packet after the greeting's 0
        assertEquals(0x8200, sent.getInt()); // CLIENT_SECURE_CONNECTION | CLIENT_PROTOCOL_41
        assertEquals(1 << 24, sent.getInt()); // largest packet
        assertEquals(33, sent.get()); // utf8
        assertEquals("\0".repeat(23) + "probe\0" + "\0",
                ISO_8859_1.decode(sent).toString()); // reserved, user, an empty password
    }

    @Test
    void ldap_messages_have_true_lengths() {
        for (String profile : List.of("ldap", "ldap-starttls")) {
            for (int step : new int[] {0, 2}) {
                int place = profile.equals("ldap") || step == 0 ? step : 3;
                ByteBuffer sent = sent(profile, place);
                assertEquals(0x30, sent.get());
                assertEquals(sent.remaining() - 1, sent.get());
            }
        }
    }
}
