package probe.prober;

import java.util.List;
import probe.attempt.Attempt;
import probe.profile.ProxySettings;
import probe.target.HostPort;
import probe.target.Target;

/** Where the attempts on one target connect to: its addresses, or those of the proxy in force. */
public sealed interface Destinations {
    /**
     * The name has addresses.
     *
     * @param all one for each address, in the order in which they are attempted; at least one
     */
    record Found(List<Destination> all) implements Destinations {}

    /**
     * It has none.
     *
     * @param attempt the attempt that ended there
     */
    record None(Attempt attempt) implements Destinations {}

    /** Resolves the name that is connected to, once; never throws. */
    static Destinations of(Target target, NameResolution names, ProbeContext context) {
        ProxySettings proxy = context.settings().proxy();
        HostPort where = proxy == null ? target.hostPort() : proxy.where();
        Resolution resolution = names.resolve(where, context);
        return resolution.failure() != null
                ? new None(NameResolution.failedAttempt(target, resolution, context))
                : new Found(resolution.addresses()
                        .stream()
                        .map(address -> new Destination(target, address, where.port(),
                                resolution.timing()))
                        .toList());
    }
}
