package probe.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import probe.evidence.linux.OwnDescriptors;
import probe.evidence.linux.Proc;
import probe.profile.EvidenceLevel;
import probe.profile.Settings;
import probe.report.Concurrency;
import probe.target.HostPort;
import probe.target.Scheme;

/**
 * How many targets may be probed at once without running out of file descriptors: a failure of which this program
 * would be the cause says nothing about a target.
 *
 * @param open how many descriptors are open before the first probe
 * @param limit how many may be; empty for no limit
 */
record DescriptorBudget(long open, OptionalLong limit) {
    /**
     * What one probe may hold at once, evidence included. Measured with 400 targets, 10 and 40 at once: a silent TLS
     * service, the hungriest, takes 4.2 on average, a name that does not resolve 2.5, a silent HTTP service 1.1.
     */
    static final int PER_PROBE = 6;

    /**
     * The same without evidence: a URL over TLS has two sockets, its own and the raw one beside it (400 silent ones
     * held 801 descriptors), and a name that is being resolved has up to two more for a moment.
     */
    static final int PER_PROBE_ALONE = 3;

    /**
     * The same for nothing but a TCP connection to an address: its socket, a duplicate of it to ask the kernel about,
     * the gateway and another port of the host to compare with. Measured with 1,000 silent ones at once, behind a
     * gateway: 4,000.
     */
    static final int PER_CONNECTION = 4;

    /** The same to this machine itself, where there is nothing to compare with. Measured with 3,000: 6,000. */
    static final int PER_CONNECTION_HERE = 3;

    /** What the JVM opens in the course of a run: libraries, pollers of sockets, folders. Measured: 15. */
    static final int FOR_THE_JVM = 40;

    /** What is so now, in this process. */
    static DescriptorBudget now() {
        return new DescriptorBudget(OwnDescriptors.count().orElse(0),
                OwnDescriptors.limit(Proc.system()));
    }

    /**
     * As many as were asked for, or as many as there are descriptors for; at least one.
     *
     * @param proxied whether a proxy may have to be found first, whatever the target
     */
    Concurrency concurrency(int asked, int perHost, List<Job> jobs, boolean proxied) {
        if (limit.isEmpty()) {
            return Concurrency.asAsked(asked);
        }
        long fits = Math.max(1, (limit.getAsLong() - open - FOR_THE_JVM)
                / perProbe(jobs, proxied));
        return fits >= Math.min(asked, wanted(perHost, jobs)) ? Concurrency.asAsked(asked)
                : new Concurrency(asked, (int) fits, limit.getAsLong());
    }

    private static int perProbe(List<Job> jobs, boolean proxied) {
        int most = 0;
        for (Job job : jobs) {
            most = Math.max(most, perProbe(job, proxied));
        }
        return most;
    }

    private static int perProbe(Job job, boolean proxied) {
        Settings settings = job.settings();
        if (!settings.evidence().includes(EvidenceLevel.PASSIVE)) {
            return PER_PROBE_ALONE;
        }
        String host = job.target().host();
        boolean connects = job.target().scheme() == Scheme.TCP
                && HostPort.isAddressLiteral(host) && !proxied
                && settings.controls().isEmpty()
                && !settings.evidence().includes(EvidenceLevel.DEEP);
        return !connects ? PER_PROBE
                : host.startsWith("127.") || host.equals("::1") ? PER_CONNECTION_HERE
                        : PER_CONNECTION;
    }

    /** How many can be under way together, by the number of hosts and the share of each. */
    private static int wanted(int perHost, List<Job> jobs) {
        Map<String, Integer> hosts = new HashMap<>();
        jobs.forEach(job -> hosts.merge(job.target().host().toLowerCase(Locale.ROOT), 1,
                (one, other) -> Math.min(perHost, one + other)));
        return hosts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** What is said about a number that had to be lowered. */
    static String note(Concurrency lowered) {
        return "probe: " + lowered.used() + (lowered.used() == 1 ? " target" : " targets")
                + " at once in place of " + lowered.asked() + ", because this process may open "
                + lowered.openFiles() + " files (ulimit -n)";
    }
}
