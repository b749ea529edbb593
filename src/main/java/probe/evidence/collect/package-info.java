/**
 * Collectors: what to look at when something is late or has failed, and what it costs.
 *
 * <p>Each collector is small, says at its top what it costs and what it needs, and gives
 * {@link probe.evidence.Observation}s. It may open sockets to the target, its neighbours and the controls named by
 * the user, within the bounds of {@link probe.profile.EvidenceLevel}; it may not judge, and it knows nothing of
 * {@code prober}.
 */
@org.jspecify.annotations.NullMarked
package probe.evidence.collect;
