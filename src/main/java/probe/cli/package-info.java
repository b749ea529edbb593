/**
 * The command line: options, streams, exit codes, progress. Wiring only: it decides nothing about a connection and
 * measures nothing. The only room that may touch the standard streams, end the JVM or know the option parser.
 */
@NullMarked
package probe.cli;

import org.jspecify.annotations.NullMarked;
