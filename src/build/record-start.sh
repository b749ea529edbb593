#!/bin/sh
# Records which classes a run loads, so that later runs start three times as fast: once after unpacking,
# by whoever may write here. No two recordings are the same bytes, which is why none is delivered.
set -eu
home=$(cd "$(dirname "$0")/.." && pwd -P)
record=$home/lib/probe.aot
rm -f "$record"
# Nothing leaves this machine, whatever the environment says.
env -i PATH="${PATH:-/usr/bin:/bin}" LC_ALL=C.UTF-8 \
    "$home/runtime/bin/java" "@$home/lib/java.options" -XX:AOTCacheOutput="$record" \
    -cp "$home/lib/probe.jar" probe.cli.Main --rehearse-start </dev/null >/dev/null 2>&1 || :
rm -f "$record.config"
if [ ! -f "$record" ]; then
    echo "probe will start slowly: no start could be recorded in $home/lib" >&2
    exit 1
fi
