package probe.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import probe.profile.Durations;
import probe.profile.EvidenceLevel;
import probe.profile.Settings;
import probe.profile.TimeoutName;

/**
 * Every setting in force, with where it came from.
 *
 * @param typed what was typed, and what the environment says
 * @param config the defaults with the user's own file over them
 * @param profile that, with the profile over it
 * @param settings that, with the environment and the flags over it
 */
record ConfigListing(MatchedOptions typed, Settings config, Settings profile, Settings settings) {
    private static final Map<String, Function<Settings, String>> VALUES = values();

    private static Map<String, Function<Settings, String>> values() {
        Map<String, Function<Settings, String>> values = new LinkedHashMap<>();
        values.put("--attempts", all -> String.valueOf(all.attempts()));
        values.put("--interval", all -> Durations.format(all.interval()));
        values.put("--evidence", all -> evidence(all.evidence()));
        values.put("--control", all -> all.controls().isEmpty() ? "none"
                : all.controls().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        values.put("--method", all -> all.http().method());
        values.put("--expect-status", all -> all.http()
                .expectStatus()
                .stream()
                .map(String::valueOf)
                .collect(Collectors.joining(",")));
        values.put("--tls-min", all -> orRuntime(all.tls().minimum()));
        values.put("--tls-max", all -> orRuntime(all.tls().maximum()));
        return values;
    }

    private static String evidence(EvidenceLevel level) {
        return level.id();
    }

    private static String orRuntime(@org.jspecify.annotations.Nullable String version) {
        return version == null ? "the runtime's" : version;
    }

    /** A line each: option, value, origin. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (TimeoutName name : TimeoutName.values()) {
            line(text, name.flag(), Durations.format(settings.timeouts().get(name).value()),
                    settings.timeouts().get(name).origin().id());
        }
        line(text, "--profile", typed.textOr("--profile", "default"),
                typed.isTyped("--profile") ? "flag"
                        : typed.has("--profile") ? "env:" + UserDefaults.variable("--profile")
                                : "default");
        VALUES.forEach((option, value) -> line(text, option,
                option.equals("--interval") && typed.textOr(option, "").equals("backoff")
                        ? "backoff"
                        : value.apply(settings),
                origin(option, value)));
        line(text, "own file", typed.defaults().file().map(String::valueOf).orElse("none"),
                "PROBE_CONFIG, XDG_CONFIG_HOME or HOME");
        return text.toString();
    }

    private String origin(String option, Function<Settings, String> value) {
        if (typed.has(option)) {
            return typed.isTyped(option) ? "flag" : "env:" + UserDefaults.variable(option);
        }
        if (!value.apply(settings).equals(value.apply(config))) {
            return "profile:" + typed.textOr("--profile", "default");
        }
        return value.apply(config).equals(value.apply(Settings.defaults())) ? "default"
                : "profile:config";
    }

    private static void line(StringBuilder text, String option, String value, String origin) {
        text.append(String.format("%-29s %-17s %s%n", option,
                probe.attempt.Excerpt.printable(value), probe.attempt.Excerpt.printable(origin)));
    }
}
