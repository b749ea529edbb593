package probe.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each malformed profile with the exact line it earns. */
class MalformedProfileTest {

    /** Who can see that something is wrong. */
    enum Seen {
        /** The schema too. */
        BY_BOTH,
        /** The reader alone: JSON Schema cannot say it. */
        BY_READER,
        /** It is not even JSON. */
        BY_ANY_PARSER
    }

    record Case(Seen seen, String text, String line) {}

    static List<Case> cases() {
        return List.of(
                new Case(Seen.BY_BOTH, "[]",
                        "my.json:1:1: is a list; type an object such as {\"key\": \"value\"}"),
                new Case(Seen.BY_BOTH, "\"ci\"",
                        "my.json:1:1: is a text; type an object such as {\"key\": \"value\"}"),
                new Case(Seen.BY_BOTH, "{\"timeout\": {}}",
                        "my.json:1:2: timeout: unknown key 'timeout'; did you mean 'timeouts'?"),
                new Case(Seen.BY_BOTH, "{\"connect-timeout\": \"3s\"}",
                        "my.json:1:2: connect-timeout: unknown key 'connect-timeout'; did you mean 'timeouts.connect'?"),
                new Case(Seen.BY_BOTH, "{\"color\": true}",
                        "my.json:1:2: color: unknown key 'color'; type one of $schema, attempts, controls, description, evidence, exchange, family, http, interval, timeouts, tls"),
                new Case(Seen.BY_BOTH, "{\"timeouts\": {\"conect\": \"3s\"}}",
                        "my.json:1:15: timeouts.conect: unknown key 'conect'; did you mean 'connect'?"),
                new Case(Seen.BY_BOTH, "{\"timeouts\": {\"connectTimeout\": \"3s\"}}",
                        "my.json:1:15: timeouts.connectTimeout: unknown key 'connectTimeout'; did you mean 'connect'?"),
                new Case(Seen.BY_BOTH, "{\"timeouts\": {\"total\": \"3s\"}}",
                        "my.json:1:15: timeouts.total: unknown key 'total'; type one of connect, connection-request, deadline, dns, socket, tls"),
                new Case(Seen.BY_BOTH, "{\"timeouts\": \"3s\"}",
                        "my.json:1:14: timeouts: is a text; type an object such as {\"key\": \"value\"}"),
                new Case(Seen.BY_BOTH, "{\"timeouts\": null}",
                        "my.json:1:14: timeouts: is null; type an object such as {\"key\": \"value\"}"),
                new Case(Seen.BY_BOTH, "{\n  \"timeouts\": {\n    \"connect\": 3\n  }\n}",
                        "my.json:3:16: timeouts.connect: is a number; type a text such as \"3s\""),
                new Case(Seen.BY_BOTH, "{\n  \"timeouts\": {\n    \"connect\": \"3\"\n  }\n}",
                        "my.json:3:16: timeouts.connect: '3' has no unit; type 3s or 3ms"),
                new Case(Seen.BY_BOTH, "{\"timeouts\": {\"dns\": \"soon\"}}",
                        "my.json:1:22: timeouts.dns: 'soon' is not a duration; use 500ms, 3s, 1m30s or PT3S"),
                new Case(Seen.BY_BOTH, "{\"timeouts\": {\"dns\": \"0s\"}}",
                        "my.json:1:22: timeouts.dns: '0s' is too short; the shortest duration is 1ms"),
                new Case(Seen.BY_BOTH, "{\"timeouts\": {\"dns\": \"-3s\"}}",
                        "my.json:1:22: timeouts.dns: '-3s' is not a duration; use 500ms, 3s, 1m30s or PT3S"),
                new Case(Seen.BY_BOTH, "{\"interval\": \"\"}",
                        "my.json:1:14: interval: '' is not a duration; use 500ms, 3s, 1m30s or PT3S"),
                new Case(Seen.BY_BOTH, "{\"attempts\": 0}",
                        "my.json:1:14: attempts: '0' is out of range; type a whole number from 1 to 1000000"),
                new Case(Seen.BY_BOTH, "{\"attempts\": \"3\"}",
                        "my.json:1:14: attempts: is a text; type a whole number from 1 to 1000000"),
                new Case(Seen.BY_BOTH, "{\"attempts\": 2.5}",
                        "my.json:1:14: attempts: is a number; type a whole number from 1 to 1000000"),
                new Case(Seen.BY_BOTH, "{\"attempts\": 99999999999999999999}",
                        "my.json:1:14: attempts: '99999999999999999999' is out of range; type a whole number from 1 to 1000000"),
                new Case(Seen.BY_BOTH, "{\"evidence\": \"all\"}",
                        "my.json:1:14: evidence: 'all' is unknown; type one of none, passive, normal, deep"),
                new Case(Seen.BY_BOTH, "{\"family\": 4}",
                        "my.json:1:12: family: is a number; type a text such as \"any\""),
                new Case(Seen.BY_BOTH, "{\"family\": \"IPv4\"}",
                        "my.json:1:12: family: 'IPv4' is unknown; type one of any, ipv4, ipv6"),
                new Case(Seen.BY_BOTH, "{\"http\": {\"method\": \"GET /\"}}",
                        "my.json:1:21: http.method: 'GET /' is no HTTP method; type GET, HEAD or POST"),
                new Case(Seen.BY_BOTH, "{\"http\": {\"headers\": [\"Accept: a/b\"]}}",
                        "my.json:1:22: http.headers: is a list; type an object such as {\"key\": \"value\"}"),
                new Case(Seen.BY_BOTH, "{\"http\": {\"headers\": {\"Accept:\": \"a/b\"}}}",
                        "my.json:1:23: http.headers.Accept:: 'Accept:' is no header name; type letters, digits and hyphens"),
                new Case(Seen.BY_BOTH,
                        "{\"http\": {\"headers\": {\"Accept\": \"a\\r\\nHost: b\"}}}",
                        "my.json:1:33: http.headers.Accept: a header value has no line breaks or control characters; type printable text"),
                new Case(Seen.BY_BOTH, "{\"http\": {\"headers\": {\"Accept\": [\"a\", 1]}}}",
                        "my.json:1:39: http.headers.Accept[1]: is a number; type a text such as \"text/html\""),
                new Case(Seen.BY_BOTH, "{\"http\": {\"expect-status\": 200}}",
                        "my.json:1:28: http.expect-status: is a number; type a text such as \"200-399\""),
                new Case(Seen.BY_BOTH, "{\"http\": {\"expect-status\": \"2xx\"}}",
                        "my.json:1:28: http.expect-status: '2xx' is no HTTP status code or range; type 200, 200-399 or 200,404"),
                new Case(Seen.BY_BOTH, "{\"http\": {\"expectStatus\": \"200\"}}",
                        "my.json:1:11: http.expectStatus: unknown key 'expectStatus'; did you mean 'expect-status'?"),
                new Case(Seen.BY_BOTH, "{\"exchange\": {\"send\": \"x\"}}",
                        "my.json:1:14: exchange: is an object; type a list such as [{\"send\": \"PING\\r\\n\"}, {\"expect\": \"^\\\\+PONG\"}]"),
                new Case(Seen.BY_BOTH, "{\"exchange\": [\"PING\"]}",
                        "my.json:1:15: exchange[0]: is a text; type an object such as {\"key\": \"value\"}"),
                new Case(Seen.BY_BOTH, "{\"exchange\": [{}]}",
                        "my.json:1:16: exchange[0]: a step has exactly one key; type {\"send\": \"PING\\r\\n\"}, {\"expect\": \"^\\\\+PONG\"} or {\"start-tls\": true}"),
                new Case(Seen.BY_BOTH, "{\"exchange\": [{\"send\": \"x\", \"expect\": \"y\"}]}",
                        "my.json:1:42: exchange[0]: a step has exactly one key; type {\"send\": \"PING\\r\\n\"}, {\"expect\": \"^\\\\+PONG\"} or {\"start-tls\": true}"),
                new Case(Seen.BY_BOTH,
                        "{\"exchange\": [{\"send\": \"x\"},\n {\"expects\": \"y\"}]}",
                        "my.json:2:3: exchange[1].expects: unknown key 'expects'; did you mean 'expect'?"),
                new Case(Seen.BY_BOTH, "{\"exchange\": [{\"send\": \"5 €\"}]}",
                        "my.json:1:24: exchange[0].send: character 3 is beyond U+00FF and so no byte; type its bytes, such as \\u00c3\\u00a9 for é in UTF-8"),
                new Case(Seen.BY_BOTH, "{\"exchange\": [{\"start-tls\": false}]}",
                        "my.json:1:29: exchange[0].start-tls: 'false' means nothing here; type true or remove the step"),
                new Case(Seen.BY_BOTH, "{\"exchange\": [{\"start-tls\": \"yes\"}]}",
                        "my.json:1:29: exchange[0].start-tls: is a text; type true or false"),
                new Case(Seen.BY_BOTH, "{\"tls\": {\"min\": \"1.2\"}}",
                        "my.json:1:17: tls.min: '1.2' is unknown; type one of TLSv1, TLSv1.1, TLSv1.2, TLSv1.3"),
                new Case(Seen.BY_BOTH, "{\"tls\": {\"insecure\": 1}}",
                        "my.json:1:22: tls.insecure: is a number; type true or false"),
                new Case(Seen.BY_BOTH, "{\"tls\": {\"server-name\": \"db.example:443\"}}",
                        "my.json:1:25: tls.server-name: 'db.example:443' is no host name; type a name such as db.example"),
                new Case(Seen.BY_BOTH, "{\"controls\": \"one.example:443\"}",
                        "my.json:1:14: controls: is a text; type a list such as [\"one.example:443\"]"),
                new Case(Seen.BY_BOTH, "{\"controls\": [\"one.example\"]}",
                        "my.json:1:15: controls[0]: 'one.example' has no port; type one.example:443 or a URL such as https://one.example/"),
                new Case(Seen.BY_READER, "{\"attempts\": 1, \"attempts\": 2}",
                        "my.json:1:17: attempts: the key is there twice; remove one of them"),
                new Case(Seen.BY_READER, "{\"timeouts\": {\"dns\": \"25h\"}}",
                        "my.json:1:22: timeouts.dns: '25h' is longer than a day; use 500ms, 3s, 1m30s or PT3S"),
                new Case(Seen.BY_READER, "{\"timeouts\": {\"dns\": \"PT3\"}}",
                        "my.json:1:22: timeouts.dns: 'PT3' is not an ISO 8601 duration; use 500ms, 3s, 1m30s or PT3S"),
                new Case(Seen.BY_READER, "{\"http\": {\"expect-status\": \"399-200\"}}",
                        "my.json:1:28: http.expect-status: '399-200' is no range of HTTP status codes; type 200, 200-399 or 200,404"),
                new Case(Seen.BY_READER, "{\"http\": {\"expect-body\": \"(ready\"}}",
                        "my.json:1:26: http.expect-body: '(ready' is not a regular expression at character 7: Unclosed group"),
                new Case(Seen.BY_READER, "{\"exchange\": [{\"expect\": \"^[a\"}]}",
                        "my.json:1:26: exchange[0].expect: '^[a' is not a regular expression at character 3: Unclosed character class"),
                new Case(Seen.BY_READER, "{\"tls\": {\"min\": \"TLSv1.3\", \"max\": \"TLSv1.2\"}}",
                        "my.json:1:44: tls: min TLSv1.3 is above max TLSv1.2; swap them"),
                new Case(Seen.BY_READER, "{\"controls\": [\"one.example:99999\"]}",
                        "my.json:1:15: controls[0]: port '99999' in 'one.example:99999' is not a number from 1 to 65535"),
                new Case(Seen.BY_READER, "{} {}",
                        "my.json:1:4: text after the profile's closing }; remove it"),
                new Case(Seen.BY_ANY_PARSER, "",
                        "my.json:1:1: the file is empty; type {\"timeouts\": {\"connect\": \"3s\"}}"),
                new Case(Seen.BY_ANY_PARSER, "{\"attempts\": 1",
                        "my.json:1:15: the file ends too early; type the missing }"),
                new Case(Seen.BY_ANY_PARSER, "{\"description\": \"half",
                        "my.json:1:22: description: the file ends too early; type the missing \"}"),
                new Case(Seen.BY_ANY_PARSER, "{\"attempts\": 1,}",
                        "my.json:1:16: not JSON: Unexpected character ('}' (code 125)): was expecting double-quote to start field name"),
                new Case(Seen.BY_ANY_PARSER, "{attempts: 1}",
                        "my.json:1:2: not JSON: Unexpected character ('a' (code 97)): was expecting double-quote to start field name"),
                new Case(Seen.BY_ANY_PARSER, "{'attempts': 1}",
                        "my.json:1:2: not JSON: Unexpected character (''' (code 39)): was expecting double-quote to start field name"),
                new Case(Seen.BY_ANY_PARSER, "{\"attempts\": 01}",
                        "my.json:1:15: not JSON: Invalid numeric value: Leading zeroes not allowed"),
                new Case(Seen.BY_ANY_PARSER, "{\"timeouts\": {\"connect\": 3s}}",
                        "my.json:1:26: timeouts.connect: is a number; type a text such as \"3s\""),
                new Case(Seen.BY_ANY_PARSER, "{\"description\": \"a\\qb\"}",
                        "my.json:1:20: description: not JSON: Unrecognized character escape 'q' (code 113)"),
                new Case(Seen.BY_ANY_PARSER, "{\"description\": \"a\tb\"}",
                        "my.json:1:19: description: not JSON: Illegal unquoted character ((CTRL-CHAR, code 9)): has to be escaped using backslash to be included in string value"),
                new Case(Seen.BY_ANY_PARSER, "# connect\n{}",
                        "my.json:1:1: not JSON: Unexpected character ('#' (code 35)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_malformed_profile_is_refused_with_one_line(Case malformed) {
        ProfileException thrown = assertThrows(ProfileException.class,
                () -> ProfileReader.parse("my.json", malformed.text));
        assertEquals(malformed.line, thrown.getMessage());
        assertFalse(String.valueOf(thrown.getMessage()).chars().anyMatch(Character::isISOControl));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_schema_agrees_where_it_can(Case malformed) throws IOException {
        switch (malformed.seen) {
            case BY_BOTH -> assertFalse(SchemaCheck.complaints(malformed.text).isEmpty());
            case BY_READER -> assertEquals(List.of(), SchemaCheck.complaints(malformed.text));
            case BY_ANY_PARSER -> assertThrows(IOException.class,
                    () -> SchemaCheck.complaints(malformed.text));
        }
    }

    @Test
    void most_of_the_table_is_the_schemas_business_too() {
        assertTrue(cases().stream().filter(c -> c.seen == Seen.BY_BOTH).count() >= 25);
    }
}
