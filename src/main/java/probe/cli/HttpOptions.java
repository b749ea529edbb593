package probe.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import probe.profile.Body;
import probe.profile.Escapes;
import probe.profile.Header;
import probe.profile.HttpSettings;
import probe.profile.StatusRange;

/**
 * The options of an HTTP request.
 *
 * @param typed what was typed
 */
record HttpOptions(MatchedOptions typed) {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+"); // RFC 9110 §5.6.2

    /** What is asked over HTTP: {@code base} with the flags laid over it. */
    HttpSettings over(HttpSettings base) {
        Body body = typed.has("--data") ? body() : base.body();
        String method = typed.has("--method") ? typed.named("--method", HttpOptions::method)
                : body instanceof Body.None || !base.method().equals("GET") ? base.method()
                        : "POST";
        List<Header> headers = new ArrayList<>(base.headers());
        for (String text : typed.texts("--header")) {
            headers.add(header(text));
        }
        return new HttpSettings(method, List.copyOf(headers), body,
                typed.has("--expect-status")
                        ? typed.named("--expect-status", StatusRange::parseAll)
                        : base.expectStatus(),
                typed.has("--expect-body")
                        ? typed.named("--expect-body", Escapes::regularExpression)
                        : base.expectBody(),
                redirects(),
                typed.has("--http2") ? HttpSettings.Version.HTTP_2 : base.version());
    }

    private @Nullable Integer redirects() {
        boolean follow = typed.has("--location");
        if (!follow && typed.has("--max-redirs")) {
            throw new UsageException("--max-redirs limits what -L follows; add -L");
        }
        if (!follow) {
            return null;
        }
        return typed.has("--max-redirs")
                ? typed.named("--max-redirs", HttpOptions::redirectLimit)
                : Integer.valueOf(HttpSettings.USUAL_REDIRECTS);
    }

    private static int redirectLimit(String text) {
        if (!text.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException(
                    OptionsReader.quote(text) + " is not a number from 0 to 999");
        }
        return Integer.parseInt(text);
    }

    private Body body() {
        String text = typed.textOr("--data", "");
        if (text.equals("@-")) {
            return new Body.StandardInput();
        }
        return text.startsWith("@")
                ? new Body.File(MatchedOptions.file("--data", text.substring(1)))
                : new Body.Text(text);
    }

    private static String method(String text) {
        if (!TOKEN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    OptionsReader.quote(text)
                            + " is not an HTTP method; type one such as GET or POST");
        }
        return text;
    }

    private static Header header(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : text.substring(0, colon);
        boolean control = text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t');
        if (!TOKEN.matcher(name).matches() || control) {
            // The value may be a secret, so only the name is shown.
            throw new UsageException("--header " + OptionsReader.quote(name.isEmpty() ? "…" : name)
                    + " is not a header; type 'Name: value' on one line");
        }
        return new Header(name, text.substring(colon + 1).strip());
    }
}
