/**
 * What Linux tells a process without privileges: socket options through {@code java.lang.foreign}, netlink, and
 * {@code /proc}.
 *
 * <p>This room reads and decodes; it does not choose what to ask, and it does not judge. Everything native is
 * behind {@link probe.evidence.linux.Libc}. Where a system call is forbidden or missing the answer is empty or an
 * {@link probe.evidence.linux.ErrnoException}, never a crash. No class of this package is loaded by a probe in
 * which nothing fails, but for the way out of the process where threads are left behind in the kernel.
 */
@org.jspecify.annotations.NullMarked
package probe.evidence.linux;
