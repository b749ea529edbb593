package probe.cli;

import java.util.List;

/** Ways of reading reports with jq; {@code --examples} and the README print this list. */
final class Examples {

    /** All of them. */
    static final List<Example> ALL = List.of(
            new Example("One line a target",
                    "-r '[.target.input, .outcome, .diagnosis.kind, .diagnosis.side] | @tsv'"),
            new Example("The faults that lie on the server side",
                    "-c 'select(.diagnosis.side == \"server\")'"),
            new Example("How many targets failed on which side, and which",
                    "-rs 'group_by(.diagnosis.side)[] | [.[0].diagnosis.side // \"healthy\", length,"
                            + " (map(.target.input) | join(\" \"))] | @tsv'"),
            new Example("The slowest phase of each target",
                    "-r '.target.input + \" \" + ([.attempts[].phases[]] | max_by(.durationMs)"
                            + " | \"\\(.phase) \\(.durationMs) ms\")'"),
            new Example("How many seconds to sleep before the next try",
                    "-r '(.advice.retryAfterMs // .advice.backoff.initialMs // 0) / 1000'"),
            new Example("Exit 0 when a POST may be sent again",
                    "-e '.advice.retry != \"no\" and .advice.safeFor == \"any-method\"'"),
            new Example("Who has to do what",
                    "-r '.target.input as $t | .advice.actions[]? | \"\\($t): \\(.who): \\(.text)\"'"),
            new Example("Timeouts to set",
                    "-r '.advice.timeouts[]? | \"--\\(.name)-timeout \\(.suggested)\"'"),
            new Example("When certificates end",
                    "-r '.target.input as $t | .attempts[].tls.chain[0].notAfter // empty"
                            + " | \"\\(.) \\($t)\"'"),
            new Example("What would settle a doubt",
                    "-r 'select(.diagnosis.confidence == \"low\") | .diagnosis.alternatives[].settleWith'"));

    private Examples() {}

    /**
     * One way.
     *
     * @param what it shows
     * @param jq the words after {@code jq}
     */
    record Example(String what, String jq) {}

    /** The list as text. */
    static String text() {
        StringBuilder text = new StringBuilder();
        for (Example example : ALL) {
            text.append("# ")
                    .append(example.what())
                    .append('\n')
                    .append("probe --targets list | jq ")
                    .append(example.jq())
                    .append("\n\n");
        }
        return text.toString().stripTrailing() + "\n";
    }
}
