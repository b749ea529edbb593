package probe.evidence.collect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.Failure;
import probe.attempt.Phase;
import probe.evidence.HostsEntry;
import probe.evidence.Observation;
import probe.profile.EvidenceLevel;
import probe.profile.ProxySettings;
import probe.profile.Settings;
import probe.target.HostPort;
import probe.target.Target;

/**
 * What is worth knowing about the name of a target that failed. A lookup that failed is looked into as far as the
 * level allows; after a lookup that succeeded, only an entry in the hosts file matters, and what it hides.
 */
final class DnsEvidence {
    /** An IPv4 address, or a mistyped one: nothing that is looked up. */
    private static final Pattern IPV4_LIKE = Pattern.compile("[0-9.]+");

    private final DnsInquiry inquiry;
    private final @Nullable LateLookup late;

    /** Asks through {@code inquiry} what has not been asked while the lookup was late. */
    DnsEvidence(DnsInquiry inquiry, @Nullable LateLookup late) {
        this.inquiry = inquiry;
        this.late = late;
    }

    /** Whether the failure is one of the lookup. */
    static boolean isAboutLookup(List<Attempt> attempts) {
        return attempts.stream().anyMatch(DnsEvidence::failedLookup);
    }

    private static boolean failedLookup(Attempt attempt) {
        Failure failure = attempt.failure();
        return failure != null && failure.phase() == Phase.RESOLVE;
    }

    /**
     * Everything learned about the name that had to be looked up, the proxy's if there is one.
     *
     * @param attempts at least one of them failed
     * @param budget how long this may take
     */
    List<Observation> about(Target target, Settings settings, List<Attempt> attempts,
            Duration budget) {
        ProxySettings proxy = settings.proxy();
        HostPort where = proxy == null ? target.hostPort() : proxy.where();
        boolean given = HostPort.isIpv6Literal(where.host())
                || IPV4_LIKE.matcher(where.host()).matches()
                || settings.pins()
                        .stream()
                        .anyMatch(pin -> pin.matches(where.host(), where.port()));
        if (given || !settings.evidence().includes(EvidenceLevel.PASSIVE)) {
            return List.of();
        }
        boolean mayAsk = settings.evidence().includes(EvidenceLevel.NORMAL) && budget.isPositive();
        if (isAboutLookup(attempts)) {
            return asked(where.host(), budget).orElseGet(
                    () -> mayAsk ? inquiry.ask(where.host(), budget) : inquiry.look(where.host()));
        }
        boolean fromHosts = inquiry.look(where.host())
                .stream()
                .anyMatch(HostsEntry.class::isInstance);
        List<Observation> found = new ArrayList<>();
        if (fromHosts) {
            found.addAll(mayAsk ? inquiry.ask(where.host(), budget) : inquiry.look(where.host()));
        }
        return found;
    }

    private Optional<List<Observation>> asked(String host, Duration budget) {
        return late == null ? Optional.empty() : late.answers(host, budget);
    }
}
