#!/bin/sh
# Prints the path of a Python that can run and install briefing: the one asked for, else the first that fits.
# With --all: one for each version from 3.11 on, from the PATH and from pyenv, oldest first.
#   scripts/find-python.sh [--all | PYTHON]
set -eu

fits='import sys; assert sys.version_info >= (3, 11); import ensurepip, venv; print(sys.executable)'
new='import sys; assert sys.version_info >= (3, 11); print("%d.%d" % sys.version_info[:2])'

if [ "${1-}" = --all ]; then
    for minor in 11 12 13 14 15 16 17 18 19; do
        for python in "python3.$minor" "$HOME"/.pyenv/versions/*/bin/"python3.$minor"; do
            "$python" -c "$fits" 2>/dev/null && break
        done || true
    done
    exit
fi

without_venv=
for python in ${1:-python3.13 python3.12 python3.11 python3}; do
    "$python" -c "$fits" 2>/dev/null && exit
    without_venv=${without_venv:-$("$python" -c "$new" 2>/dev/null || true)}
done

if [ -n "$without_venv" ]; then
    echo "Python $without_venv lacks its venv module: install it (Debian, Ubuntu: apt install python$without_venv-venv)." >&2
else
    echo "${1:+$1 is not it: }briefing needs Python 3.11 or newer: install it, or name one with PYTHON=/path/to/python3." >&2
fi
exit 1
