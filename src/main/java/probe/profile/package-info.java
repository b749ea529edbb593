/**
 * The timeouts and policies in force, and where each came from.
 *
 * <p>Profiles are files that become immutable records before anything runs; {@link probe.profile.Settings} is
 * what one run goes by. This room reads profile files and resources and nothing else: it opens no socket, looks
 * up no name and never prints.
 */
@org.jspecify.annotations.NullMarked
package probe.profile;
