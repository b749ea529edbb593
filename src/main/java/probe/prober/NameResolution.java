package probe.prober;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import probe.attempt.Attempt;
import probe.attempt.Bytes;
import probe.attempt.Conversation;
import probe.attempt.Excerpt;
import probe.attempt.Failure;
import probe.attempt.FailureName;
import probe.attempt.Phase;
import probe.attempt.PhaseOutcome;
import probe.attempt.PhaseTiming;
import probe.attempt.ProxyFacts;
import probe.attempt.Via;
import probe.profile.AddressFamily;
import probe.profile.Pin;
import probe.profile.ProxySettings;
import probe.profile.Settings;
import probe.profile.TimeoutName;
import probe.target.HostPort;
import probe.target.Target;

/**
 * Resolves a name once, on a thread of its own that is left behind when it does not answer: getaddrinfo cannot
 * be interrupted and can block for ever (a name server that stalls after truncation).
 */
public final class NameResolution {
    private final Resolver resolver;

    /** A resolution that asks {@code resolver} for names. */
    public NameResolution(Resolver resolver) {
        this.resolver = resolver;
    }

    /** The addresses to attempt for {@code where}; never throws. */
    public Resolution resolve(HostPort where, ProbeContext context) {
        Settings settings = context.settings();
        for (Pin pin : settings.pins()) {
            if (pin.matches(where.host(), where.port())) {
                return chosen(pin.addresses().stream().map(InetAddress::ofLiteral).toList(),
                        settings.family(), null);
            }
        }
        if (HostPort.isAddressLiteral(where.host())) {
            return chosen(List.of(InetAddress.ofLiteral(where.host())), settings.family(), null);
        }
        return lookUp(where.host(), context);
    }

    private Resolution lookUp(String host, ProbeContext context) {
        Limit limit = context.deadline().limit(TimeoutName.DNS);
        context.listener().resolving(host);
        Duration start = context.elapsed();
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("probe-resolve").start(() -> {
            try {
                answer.complete(resolver.resolve(host));
            } catch (UnknownHostException | RuntimeException | Error e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            List<InetAddress> addresses = answer.get(limit.duration().toNanos(),
                    TimeUnit.NANOSECONDS);
            context.listener().resolved();
            return chosen(addresses, context.settings().family(),
                    timing(start, context, PhaseOutcome.OK));
        } catch (TimeoutException e) {
            return failed(FailureName.TIMED_OUT, limit.name(), null,
                    timing(start, context, PhaseOutcome.FAILED));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(FailureName.INTERRUPTED, null, e,
                    timing(start, context, PhaseOutcome.FAILED));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return failed(ResolverErrors.name(cause, host), null, cause,
                    timing(start, context, PhaseOutcome.FAILED));
        }
    }

    private static PhaseTiming timing(Duration start, ProbeContext context, PhaseOutcome outcome) {
        return new PhaseTiming(Phase.RESOLVE, start, context.elapsed().minus(start), outcome);
    }

    private static Resolution failed(FailureName name, @Nullable TimeoutName limit,
            @Nullable Throwable thrown,
            @Nullable PhaseTiming timing) {
        return new Resolution(List.of(), timing,
                new Failure(name, Phase.RESOLVE, timing == null ? Duration.ZERO : timing.duration(),
                        limit,
                        thrown == null ? null : thrown.getClass().getName(),
                        thrown == null || thrown.getMessage() == null ? null
                                : Excerpt.printable(thrown.getMessage())));
    }

    private static Resolution chosen(List<InetAddress> addresses, AddressFamily family,
            @Nullable PhaseTiming timing) {
        List<InetAddress> wanted = interleave(
                addresses.stream().distinct().filter(address -> switch (family) {
                    case ANY -> true;
                    case IPV4 -> address instanceof Inet4Address;
                    case IPV6 -> address instanceof Inet6Address;
                }).toList());
        if (!wanted.isEmpty()) {
            return new Resolution(wanted, timing, null);
        }
        PhaseTiming failedTiming = timing == null ? null
                : new PhaseTiming(timing.phase(), timing.start(), timing.duration(),
                        PhaseOutcome.FAILED);
        return failed(FailureName.NAME_NO_ADDRESS, null, null, failedTiming);
    }

    /** The families in turn, beginning with the resolver's first choice (RFC 8305 §4). */
    static List<InetAddress> interleave(List<InetAddress> addresses) {
        if (addresses.size() < 2) {
            return addresses;
        }
        boolean firstIsV6 = addresses.getFirst() instanceof Inet6Address;
        List<InetAddress> first = addresses.stream()
                .filter(a -> a instanceof Inet6Address == firstIsV6)
                .toList();
        List<InetAddress> second = addresses.stream()
                .filter(a -> a instanceof Inet6Address != firstIsV6)
                .toList();
        List<InetAddress> mixed = new ArrayList<>();
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            if (i < first.size()) {
                mixed.add(first.get(i));
            }
            if (i < second.size()) {
                mixed.add(second.get(i));
            }
        }
        return mixed;
    }

    /** The one attempt that stands in a report for a name that gave no address. */
    public static Attempt failedAttempt(Target target, Resolution resolution,
            ProbeContext context) {
        PhaseTiming timing = resolution.timing() != null ? resolution.timing()
                : new PhaseTiming(Phase.RESOLVE, Duration.ZERO, Duration.ZERO, PhaseOutcome.FAILED);
        return new Attempt(target.scheme().isHttp() ? Via.HTTP_CLIENT : Via.SOCKET, null,
                target.port(), null,
                java.util.Map.of(TimeoutName.DNS, context.settings().timeouts().dns(),
                        TimeoutName.DEADLINE,
                        context.settings().timeouts().deadline()),
                List.of(timing), Bytes.NONE, Conversation.NONE, resolution.failure(), null, null,
                null, null, proxy(context.settings().proxy()));
    }

    /** With a proxy, it is the proxy's name that was looked up. */
    private static @Nullable ProxyFacts proxy(@Nullable ProxySettings proxy) {
        return proxy == null ? null
                : new ProxyFacts(proxy.toString(), proxy.origin().id(), null, null);
    }
}
