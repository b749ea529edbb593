package probe.attempt;

import org.jspecify.annotations.Nullable;

/**
 * The proxy an attempt went through.
 *
 * @param proxy {@code scheme://host:port}, never a password
 * @param from where the setting came from, as {@link probe.profile.Origin#id}
 * @param status HTTP status with which it answered CONNECT, or the SOCKS reply code (RFC 1928 §6); null if none
 * @param answer of its refusal: the status line and, if it came with it, the body's first line; for SOCKS the whole
 *     reply; or null
 */
public record ProxyFacts(String proxy, String from, @Nullable Integer status,
        @Nullable Excerpt answer) {}
