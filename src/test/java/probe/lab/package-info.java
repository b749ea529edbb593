/**
 * The fault laboratory: the packaged program meets faults that were really made, on a path of network namespaces, and
 * its verdicts are counted against what was really wrong.
 *
 * <p>Nothing in here looks into the program: it is started as its users start it, without any right, and its reports
 * are read. Labels come from the fault, never from the program.
 */
@org.jspecify.annotations.NullMarked
package probe.lab;
