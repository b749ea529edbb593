package probe.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import probe.profile.ProxySettings;
import probe.target.TargetParser;

class ProxyChoiceTest {

    private static String chosen(ProxyChoice choice, String target) {
        ProxySettings proxy = choice.forTarget(TargetParser.parse(target));
        return proxy == null ? "none" : proxy + " " + proxy.origin().id();
    }

    @Test
    void the_environment_counts_for_urls_alone() {
        ProxyChoice choice = ProxyChoice.of(null, null,
                Map.of("http_proxy", "p.example:3128", "HTTPS_PROXY", "socks5h://s.example"));
        assertEquals("http://p.example:3128 env:http_proxy", chosen(choice, "http://a.example/"));
        assertEquals("socks5h://s.example:1080 env:HTTPS_PROXY",
                chosen(choice, "https://a.example/"));
        assertEquals("none", chosen(choice, "a.example:80"));
    }

    @Test
    void upper_case_http_proxy_is_ignored_as_curl_does() {
        assertEquals("none",
                chosen(ProxyChoice.of(null, null, Map.of("HTTP_PROXY", "p.example:1")),
                        "http://a.example/"));
    }

    @Test
    void all_proxy_stands_in_for_a_missing_one() {
        assertEquals("http://p.example:1 env:all_proxy",
                chosen(ProxyChoice.of(null, null, Map.of("all_proxy", "p.example:1")),
                        "https://a.example/"));
    }

    @Test
    void the_flag_counts_for_every_target_and_an_empty_one_means_none() {
        Map<String, String> environment = Map.of("http_proxy", "p.example:1");
        assertEquals("http://q.example:2 flag",
                chosen(ProxyChoice.of("http://q.example:2", null, environment), "a.example:80"));
        assertEquals("none", chosen(ProxyChoice.of("", null, environment), "http://a.example/"));
    }

    @ParameterizedTest
    @CsvSource({"a.example, http://a.example/, none", "a.example, http://b.a.example/, none",
        ".a.example, http://a.example/, none", "*, http://x.example/, none",
        "10.0.0.0/8, http://10.1.2.3/, none", "[::1], http://[::1]/, none",
        "other.example a.example, http://a.example/, none", "a.example, http://ba.example/, p",
        "10.0.0.0/8, http://11.1.2.3/, p", "10.0.0.0/40, http://10.1.2.3/, p"})
    void no_proxy_is_read_as_curl_reads_it(String list, String target, String expected) {
        ProxyChoice choice = ProxyChoice.of(null, null,
                Map.of("http_proxy", "p.example:1", "no_proxy", list));
        assertEquals(expected.equals("none"), chosen(choice, target).equals("none"));
    }

    @Test
    void credentials_are_kept_and_not_shown() {
        ProxySettings proxy = Objects
                .requireNonNull(ProxyChoice.of("http://us%40er:pw@p.example:1", null, Map.of())
                        .forTarget(TargetParser.parse("a.example:80")));
        assertEquals("us@er:pw", proxy.userInfo());
        assertEquals("http://p.example:1", proxy.toString());
        assertNull(
                ProxyChoice.of(null, null, Map.of()).forTarget(TargetParser.parse("a.example:80")));
    }
}
