#!/bin/sh
# Runs the pip of the environment DIR, silent unless it fails.
#   scripts/pip.sh DIR COMMAND [ARGUMENTS]
# WHEELS=FOLDER takes packages from that folder alone: no index, no other folder of the user's configuration.
set -eu
python=$1/bin/python command=$2
shift 2

if [ -n "${WHEELS-}" ]; then
    if [ ! -d "$WHEELS" ]; then
        echo "WHEELS=$WHEELS is not a folder: fill one with \`make wheels\`." >&2
        exit 1
    fi
    export PIP_CONFIG_FILE=/dev/null PIP_FIND_LINKS=
    set -- --no-index --find-links "$WHEELS" "$@"
fi

if ! said=$("$python" -m pip "$command" --quiet --disable-pip-version-check "$@" 2>&1); then
    printf '%s\n' "$said" >&2
    exit 1
fi
