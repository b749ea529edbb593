/**
 * The packaged program as its users run it: a process of its own, against servers that nobody here wrote.
 *
 * <p>Nothing in here looks into the program; it is judged by its output and its exit code.
 */
@org.jspecify.annotations.NullMarked
package probe.it;
