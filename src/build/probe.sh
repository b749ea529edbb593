#!/bin/sh
# Starts probe on the Java runtime beside it, in this same process.
set -eu

# The folder above bin/, however many symbolic links the name on the PATH stands for. Only those cost a process.
self=$0
while [ -L "$self" ]; do
    link=$(readlink "$self")
    case $link in
        /*) self=$link ;;
        *) self=$(dirname "$self")/$link ;;
    esac
done
case $self in
    */*) home=${self%/*}/.. ;;
    *) home=.. ;;
esac

# Without a UTF-8 locale Java reads every other letter of a host or file name as '?'.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
    C | POSIX) export LC_ALL=C.UTF-8 ;;
esac

# Meant for the user's other Java programs: agents and modules that this small runtime lacks.
unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS

# By class path, as -jar reads the jar's manifest before it starts what is in it.
exec "$home/runtime/bin/java" "@$home/lib/java.options" -XX:AOTCache="$home/lib/probe.aot" \
    -cp "$home/lib/probe.jar" probe.cli.Main "$@"
