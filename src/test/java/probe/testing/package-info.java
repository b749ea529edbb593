/**
 * Servers, ports, certificates and proxies that go wrong on purpose, for tests.
 *
 * <p>A fault is a value: an {@link probe.testing.Effect} at a {@link probe.testing.Moment}. Every
 * fixture listens on loopback at a port chosen by the kernel, owns its threads and sockets, and gives
 * all of them back when it is closed.
 *
 * <p>May not touch: any other package of this program (so that a fixture cannot share a defect with
 * the code it tests), any address outside this machine, any library but the JDK and JUnit
 * ({@link probe.testing.ValidReport} alone needs a validator).
 */
@NullMarked
package probe.testing;

import org.jspecify.annotations.NullMarked;
