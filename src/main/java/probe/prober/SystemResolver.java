package probe.prober;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Security;
import java.util.List;

/**
 * The system's resolver, without Java's memory of failures: by default a name that failed once stays failed for ten
 * seconds, and a second attempt would only repeat the first one's news.
 */
final class SystemResolver implements Resolver {
    private static final String NEGATIVE_TTL = "networkaddress.cache.negative.ttl";

    static {
        Security.setProperty(NEGATIVE_TTL, "0"); // read once, with the first lookup of the process
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        return List.of(InetAddress.getAllByName(host));
    }
}
