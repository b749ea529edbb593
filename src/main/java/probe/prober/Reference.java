package probe.prober;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import probe.target.Target;

/** A reference in a Location field, resolved against the URL that was asked for (RFC 3986 §5.2, RFC 9110 §10.2.2). */
final class Reference {
    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*",
            Pattern.DOTALL);

    private Reference() {}

    /** The whole URL, without fragment; not yet known to be one that can be asked for. */
    static String resolve(Target base, String reference) {
        int fragment = reference.indexOf('#');
        String text = fragment < 0 ? reference : reference.substring(0, fragment);
        if (ABSOLUTE.matcher(text).matches()) {
            return text;
        }
        String scheme = base.scheme().id() + ":";
        if (text.startsWith("//")) {
            return scheme + text;
        }
        String origin = scheme + "//" + base.hostPort();
        int query = base.path().indexOf('?');
        String path = query < 0 ? base.path() : base.path().substring(0, query);
        if (text.isEmpty()) {
            return origin + base.path();
        }
        if (text.startsWith("?")) {
            return origin + path + text;
        }
        return origin + withoutDots(text.startsWith("/") ? text
                : path.substring(0, path.lastIndexOf('/') + 1) + text);
    }

    /** Whether a whole URL is of a scheme that HTTP requests are made to. */
    static boolean isHttp(String url) {
        return url.regionMatches(true, 0, "http:", 0, 5)
                || url.regionMatches(true, 0, "https:", 0, 6);
    }

    /** RFC 3986 §5.2.4. */
    private static String withoutDots(String reference) {
        int query = reference.indexOf('?');
        String path = query < 0 ? reference : reference.substring(0, query);
        Deque<String> segments = new ArrayDeque<>();
        String[] parts = path.split("/", -1);
        for (int i = 1; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            if (parts[i].equals("..")) {
                segments.pollLast();
            } else if (!parts[i].equals(".")) {
                segments.add(parts[i]);
                continue;
            }
            if (last) {
                segments.add("");
            }
        }
        return "/" + String.join("/", segments) + (query < 0 ? "" : reference.substring(query));
    }
}
