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

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        if (!isAddress(host)) {
            Memory.forget();
        }
        return List.of(InetAddress.getAllByName(host));
    }

    /** Whether there is nothing to look up, and the security settings need not be read: 20 ms of a start. */
    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0
                || host.chars().allMatch(letter -> letter == '.' || letter >= '0' && letter <= '9');
    }

    private static final class Memory {

        static {
            Security.setProperty(NEGATIVE_TTL, "0"); // read once, with the first lookup of the process
        }

        static void forget() {
            // Done with the class.
        }
    }
}
