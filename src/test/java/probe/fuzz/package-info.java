/**
 * Answers that no server should give, a hundred thousand of them, made from proper ones by mutation and fed to the
 * probers over real sockets: whatever comes, there is a verdict, in time, without a control byte and in little memory.
 *
 * <p>May not touch: anything outside this machine. A case depends on the seed and its number alone, so that each can be
 * had again.
 */
@NullMarked
package probe.fuzz;

import org.jspecify.annotations.NullMarked;
