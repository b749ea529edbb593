package probe.lab;

import java.util.List;
import probe.diagnosis.Kind;
import probe.diagnosis.Locus;

/** Servers that answer, with a status that is a fault. */
final class AnswerScenarios {
    private AnswerScenarios() {}

    static List<Scenario> all() {
        return List.of(
                asked(Service.HTTP_400, Kind.HTTP_BAD_REQUEST),
                asked(Service.HTTP_401, Kind.HTTP_UNAUTHORIZED),
                asked(Service.HTTP_403, Kind.HTTP_FORBIDDEN),
                asked(Service.HTTP_404, Kind.HTTP_NOT_FOUND),
                row(Service.HTTP_429, Kind.HTTP_RATE_LIMITED).client(Locus.CONFIGURATION)
                        .undecidable()
                        .because("too many requests, or a limit that is too tight"),
                failed(Service.HTTP_500, Kind.HTTP_SERVER_ERROR),
                passedOn(Service.HTTP_502, Kind.HTTP_BAD_GATEWAY),
                failed(Service.HTTP_503, Kind.HTTP_UNAVAILABLE),
                passedOn(Service.HTTP_504, Kind.HTTP_GATEWAY_TIMEOUT),
                Scenario.of("redirects-to-itself", Service.REDIRECTS_TO_ITSELF.http(),
                        "--location")
                        .kind(Kind.HTTP_REDIRECT)
                        .server(Locus.REMOTE_SERVICE)
                        .undecidable()
                        .because(
                                "the redirect leads to itself, or waits for a cookie that is not kept"));
    }

    private static Scenario asked(Service service, Kind kind) {
        return row(service, kind).client(Locus.CONFIGURATION)
                .because("the server works, and says that the request is wrong");
    }

    private static Scenario passedOn(Service service, Kind kind) {
        return row(service, kind).server(Locus.REMOTE_SERVICE)
                .undecidable()
                .because("a gateway says so; a proxy that nobody here has set says the same");
    }

    private static Scenario failed(Service service, Kind kind) {
        return row(service, kind).server(Locus.REMOTE_SERVICE)
                .because("the server itself says that it failed");
    }

    private static Scenario.Builder row(Service service, Kind kind) {
        return Scenario.of("status-" + service.name().substring("HTTP_".length()), service.http())
                .kind(kind);
    }
}
