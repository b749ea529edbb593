package probe.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetParserTest {

    @ParameterizedTest
    @CsvSource({"db.example:5432,                TCP,   db.example,           5432, ''",
        "tcp://db.example:5432,              TCP,   db.example,           5432, ''",
        "TLS://db.example:993,               TLS,   db.example,           993,  ''",
        "192.0.2.7:1,                        TCP,   192.0.2.7,            1,    ''",
        "[2001:db8::1]:443,                  TCP,   2001:db8::1,          443,  ''",
        "tls://[::ffff:192.0.2.7]:65535,     TLS,   ::ffff:192.0.2.7,     65535, ''",
        "[fe80::1%eth0]:22,                  TCP,   fe80::1%eth0,         22,   ''",
        "http://a.example,                   HTTP,  a.example,            80,   /",
        "http://a.example?q=1,               HTTP,  a.example,            80,   /?q=1",
        "https://a.example/x#part,           HTTPS, a.example,            443,  /x",
        "https://[2001:db8::1]/x,            HTTPS, 2001:db8::1,          443,  /x",
        "http://a.example:8080/ä,            HTTP,  a.example,            8080, /%C3%A4",
        "bücher.example:80,                  TCP,   xn--bcher-kva.example, 80,  ''",
        "my_host.internal.:80,               TCP,   my_host.internal.,    80,   ''"})
    void a_target_is_read(String input, Scheme scheme, String host, int port, String path) {
        Target target = TargetParser.parse(input);
        assertEquals(scheme, target.scheme());
        assertEquals(host, target.host());
        assertEquals(port, target.port());
        assertEquals(path, target.path());
        assertNull(target.userInfo());
    }

    @Test
    void credentials_are_kept_apart_and_never_shown() {
        Target target = TargetParser.parse("http://us%40er:p+a%3Ass@a.example/x");
        assertEquals("us@er:p+a:ss", target.userInfo());
        assertEquals("http://a.example/x", target.input());
        assertFalse((target + target.url()).contains("ss@"), "a password must not be printable");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "a.example", "a.example:", "a.example:0", "a.example:65536",
        "a.example:-1",
        "a.example:http", "a.example:80:90", "2001:db8::1:443", "[2001:db8::1", "[2001:db8::1]",
        "[::1]x:80",
        "[g::1]:80", "[1:2:3]:80", "[::1::2]:80", "[fe80::1%]:80", "ftp://a.example/",
        "tcp://a.example",
        "tcp://a.example:80/path", "tls://user@a.example:80", "user@a.example:80",
        "a.example:80/path",
        "http://", "http:///path", "http://a..example/", "http://.example/", "256.1.1.1:80",
        "1.2.3:80",
        "01.2.3.4:80", "http://a b.example/", "a\u001b[31m.example:80", "http://a.example/a b",
        "http://%zz:x@a.example/", "exa mple:80", "a/b:80", "http://a_b!c/", "1:80"})
    void what_is_no_target_is_refused_in_one_printable_line(String input) {
        String message = assertThrows(TargetSyntaxException.class, () -> TargetParser.parse(input))
                .getMessage();
        assertTrue(message != null && message.length() > 20, "says what to type instead");
        assertTrue(message != null && message.chars().noneMatch(Character::isISOControl),
                "no control characters");
    }

    @Test
    void the_complaint_about_a_bad_host_hides_the_password() {
        String message = assertThrows(TargetSyntaxException.class,
                () -> TargetParser.parse("http://user:secret@bad..host/")).getMessage();
        assertFalse(String.valueOf(message).contains("secret"));
    }
}
