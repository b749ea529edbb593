package probe.cli;

import java.util.Optional;

/** Words that stand in the place of the first target and ask for something else; a target has a port, they have none. */
enum Command {
    WAIT("wait", "probe wait [--for DURATION] [OPTIONS] TARGET... [-- COMMAND]",
            "waits until every target is healthy, then runs the command if there is one"),
    IDLE_LIMIT("idle-limit", "probe idle-limit [--for DURATION] [OPTIONS] TARGET...",
            "finds for how long a connection may be silent, with several at once"),
    TRACE("trace", "probe trace [OPTIONS] TARGET...",
            "shows the way to a port, hop by hop, beside that to another port; needs no privileges"),
    HELP("help", "probe help [TOPIC]", "tells about a topic"),
    CONFIG("config", "probe config [OPTIONS]",
            "prints every setting in force and where it came from"),
    COMPLETION("completion", "probe completion SHELL",
            "prints the completion for bash, zsh or fish"),
    MAN("man", "probe man", "prints the manual page");

    private final String word;
    private final String usage;
    private final String help;

    Command(String word, String usage, String help) {
        this.word = word;
        this.usage = usage;
        this.help = help;
    }

    /** The word itself. */
    String word() {
        return word;
    }

    /** How it is typed. */
    String usage() {
        return usage;
    }

    /** What it does. */
    String help() {
        return help;
    }

    /** The command with this word. */
    static Optional<Command> byWord(String word) {
        for (Command command : values()) { // the first stream of a start takes 1 ms
            if (command.word.equals(word)) {
                return Optional.of(command);
            }
        }
        return Optional.empty();
    }
}
