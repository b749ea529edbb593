package probe.report;

import java.time.Duration;
import probe.attempt.Attempt;
import probe.attempt.HttpFacts;
import probe.diagnosis.Facts;
import probe.profile.HttpSettings;
import probe.profile.Setting;
import probe.profile.Settings;
import probe.profile.TimeoutName;
import probe.profile.Timeouts;

/**
 * The settings of a run, as far as its report shows them: the limits that mattered and the HTTP method. What a report
 * does not show (bodies, scripts, files) is as if nobody had said anything.
 */
public final class SavedSettings {

    private SavedSettings() {}

    /** The settings that these facts came about with. */
    public static Settings of(Facts facts) {
        HttpSettings http = HttpSettings.defaults();
        return Settings.defaults()
                .withTimeouts(timeouts(facts))
                .withHttp(new HttpSettings(
                        method(facts, http.method()), http.headers(), http.body(),
                        http.expectStatus(),
                        http.expectBody()));
    }

    private static String method(Facts facts, String otherwise) {
        for (Attempt attempt : facts.attempts()) {
            HttpFacts http = attempt.http();
            if (http != null) {
                return http.method();
            }
        }
        return otherwise;
    }

    private static Timeouts timeouts(Facts facts) {
        return new Timeouts(limit(facts, TimeoutName.DNS), limit(facts, TimeoutName.CONNECT),
                limit(facts, TimeoutName.TLS), limit(facts, TimeoutName.CONNECTION_REQUEST),
                limit(facts, TimeoutName.SOCKET), limit(facts, TimeoutName.DEADLINE));
    }

    private static Setting<Duration> limit(Facts facts, TimeoutName name) {
        for (Attempt attempt : facts.attempts()) {
            Setting<Duration> limit = attempt.timeouts().get(name);
            if (limit != null) {
                return limit;
            }
        }
        return Timeouts.defaults().get(name);
    }
}
