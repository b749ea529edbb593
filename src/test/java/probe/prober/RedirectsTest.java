package probe.prober;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import probe.attempt.HttpFacts;
import probe.attempt.HttpFacts.AnsweredBy;
import probe.attempt.Redirect.Outcome;
import probe.prober.RedirectStep.Broken;
import probe.prober.RedirectStep.Follow;
import probe.prober.RedirectStep.Origin;
import probe.prober.RedirectStep.Stay;
import probe.profile.Body;
import probe.profile.Header;
import probe.profile.HttpSettings;
import probe.target.Target;
import probe.target.TargetParser;

class RedirectsTest {
    private static final Target HERE = TargetParser.parse("http://u:p@a.example/dir/page?q=1");
    private static final HttpSettings GET = HttpSettings.defaults().following(3);

    private static HttpFacts answer(int status, @Nullable String location) {
        return new HttpFacts("GET", HERE.url(), status, "HTTP/1.1",
                location == null ? List.of() : List.of(new Header("location", location)), 0,
                AnsweredBy.TARGET);
    }

    private static Follow follow(HttpSettings request, int status, String location) {
        return assertInstanceOf(Follow.class,
                new Redirects(HERE, request).next(answer(status, location)));
    }

    private static Outcome broken(HttpSettings request, int status, String location) {
        return broken(new Redirects(HERE, request), status, location);
    }

    private static Outcome broken(Redirects redirects, int status, String location) {
        return assertInstanceOf(Broken.class, redirects.next(answer(status, location))).redirect()
                .outcome();
    }

    private static HttpSettings post(Body body, Header... headers) {
        return GET.asking("POST", List.of(headers), body);
    }

    @ParameterizedTest
    @CsvSource({"/x, http://a.example:80/x", "x, http://a.example:80/dir/x",
        "../x, http://a.example:80/x", "./, http://a.example:80/dir/",
        "../../../x/../y, http://a.example:80/y", "?q=2, http://a.example:80/dir/page?q=2",
        "//b.example/x, http://b.example:80/x", "https://a.example/, https://a.example:443/",
        "HTTP://B.example:8080/x#part, http://B.example:8080/x",
        "/a?b=../c, http://a.example:80/a?b=../c", "http://[::1]:81, http://[::1]:81/",
        "https://b.example?x, https://b.example:443/?x"})
    void a_reference_is_resolved_against_the_url_that_was_asked(String location, String url) {
        assertEquals(url, follow(GET, 302, location).target().url());
    }

    @ParameterizedTest
    @CsvSource({"ftp://b.example/, OTHER_SCHEME", "mailto:a@b.example, OTHER_SCHEME",
        "tcp://b.example:5432, OTHER_SCHEME", "javascript:alert(1), OTHER_SCHEME",
        "http://b.example:99999/, MALFORMED", "http://, MALFORMED", "http:x, MALFORMED",
        "http://b..example/, MALFORMED", "http://[::1/, MALFORMED"})
    void what_cannot_be_asked_is_said(String location, Outcome outcome) {
        assertEquals(outcome, broken(GET, 301, location));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 300, 304, 305, 306, 404, 503})
    void only_five_statuses_send_on(int status) {
        assertInstanceOf(Stay.class, new Redirects(HERE, GET).next(answer(status, "/x")));
    }

    @Test
    void without_location_or_wish_an_answer_stands_for_itself() {
        assertInstanceOf(Stay.class, new Redirects(HERE, GET).next(answer(302, null)));
        assertInstanceOf(Stay.class,
                new Redirects(HERE, HttpSettings.defaults()).next(answer(302, "/x")));
    }

    @Test
    void a_proxys_own_redirect_is_not_the_targets() {
        HttpFacts refusal = new HttpFacts("GET", HERE.url(), 302, "HTTP/1.1",
                List.of(new Header("Location", "/login")), 0, AnsweredBy.PROXY);
        assertInstanceOf(Stay.class, new Redirects(HERE, GET).next(refusal));
    }

    @ParameterizedTest
    @CsvSource({"POST,301,GET", "POST,302,GET", "POST,303,GET", "POST,307,POST", "POST,308,POST",
        "PUT,301,PUT", "PUT,302,PUT", "PUT,303,GET", "HEAD,301,HEAD", "HEAD,303,HEAD",
        "DELETE,302,DELETE", "DELETE,303,GET", "GET,307,GET"})
    void methods_change_as_with_curl(String method, int status, String then) {
        HttpSettings request = GET.asking(method, List.of(), new Body.None());
        assertEquals(then, follow(request, status, "/x").request().method());
    }

    @Test
    void a_request_that_becomes_get_leaves_its_body_and_what_describes_it() {
        HttpSettings then = follow(post(new Body.Text("x"), new Header("Content-Type", "a/b"),
                new Header("Expect", "100-continue"), new Header("X-Trace", "1")), 303, "/x")
                .request();
        assertEquals(new Body.None(), then.body());
        assertEquals(List.of(new Header("X-Trace", "1")), then.headers());
    }

    @Test
    void a_body_that_can_be_read_again_is_sent_again_to_the_same_origin() {
        assertEquals(new Body.Text("x"),
                follow(post(new Body.Text("x")), 307, "/x").request().body());
        Body file = new Body.File(Path.of("x"));
        assertEquals(file, follow(post(file), 308, "/x").request().body());
    }

    @Test
    void standard_input_is_spent_after_one_request() {
        assertEquals(Outcome.BODY_SPENT, broken(post(new Body.StandardInput()), 307, "/x"));
        assertInstanceOf(Follow.class, new Redirects(HERE, post(new Body.StandardInput()))
                .next(answer(303, "/x")));
    }

    @Test
    void a_body_is_not_handed_to_another_origin() {
        assertEquals(Outcome.BODY_WITHHELD,
                broken(post(new Body.Text("x")), 307, "http://b.example/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://b.example/", "https://a.example/", "http://a.example:8080/",
        "//sub.a.example/"})
    void secrets_stay_with_their_origin(String elsewhere) {
        HttpSettings request = GET.asking("GET",
                List.of(new Header("Authorization", "x"), new Header("COOKIE", "x"),
                        new Header("Proxy-Authorization", "x"), new Header("X-Api-Key", "x"),
                        new Header("X-Auth-Token", "x"), new Header("Host", "x"),
                        new Header("Accept", "text/html")),
                new Body.None());
        Follow other = follow(request, 302, elsewhere);
        assertEquals(Origin.OTHER, other.origin());
        assertNull(other.target().userInfo());
        assertEquals(List.of(new Header("Accept", "text/html")), other.request().headers());
        Follow same = follow(request, 302, "http://a.example:80/x");
        assertEquals(Origin.SAME, same.origin());
        assertEquals("u:p", same.target().userInfo());
        assertEquals(request.headers(), same.request().headers());
    }

    @Test
    void secrets_do_not_come_back_with_the_way_back() {
        Redirects redirects = new Redirects(HERE,
                GET.asking("GET", List.of(new Header("Cookie", "x")), new Body.None()));
        redirects.next(answer(302, "http://b.example/"));
        Follow back = assertInstanceOf(Follow.class,
                redirects.next(answer(302, "http://a.example/other")));
        assertEquals(List.of(), back.request().headers());
        assertNull(back.target().userInfo());
    }

    @Test
    void the_same_question_twice_is_a_loop() {
        assertEquals(Outcome.LOOP, broken(GET, 302, "page?q=1#again"));
        Redirects redirects = new Redirects(HERE, GET);
        redirects.next(answer(302, "/x"));
        redirects.next(answer(302, "/y"));
        assertEquals(Outcome.LOOP, broken(redirects, 302, "/x"));
        assertEquals(2, redirects.followed());
    }

    @Test
    void a_host_is_the_same_in_any_case() {
        assertEquals(Origin.SAME, follow(GET, 302, "http://A.Example/x").origin());
        assertEquals(Outcome.LOOP, broken(GET, 302, "http://A.EXAMPLE/dir/page?q=1"));
    }

    @Test
    void the_same_url_with_another_method_is_another_question() {
        assertInstanceOf(Follow.class, new Redirects(HERE, post(new Body.Text("x")))
                .next(answer(303, HERE.url())));
    }

    @Test
    void there_is_a_limit() {
        Redirects redirects = new Redirects(HERE, GET.following(1));
        assertInstanceOf(Follow.class, redirects.next(answer(302, "/1")));
        assertEquals(Outcome.LIMIT, broken(redirects, 302, "/2"));
        assertEquals(Outcome.LIMIT, broken(GET.following(0), 302, "/1"));
    }
}
