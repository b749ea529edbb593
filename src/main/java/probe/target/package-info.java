/**
 * What was asked: scheme, host, port, path.
 *
 * <p>This room turns one word of the command line into an immutable {@link probe.target.Target}. It looks
 * nothing up, opens nothing and knows no timeouts: a host here is a name or an address literal exactly as it
 * was written (internationalised names in their ASCII form, RFC 5891).
 */
@org.jspecify.annotations.NullMarked
package probe.target;
