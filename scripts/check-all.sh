#!/bin/sh
# Runs the tests on every Python from 3.11 on that this machine has.
# One newer than 3.13 is left out where the dependencies do not install on it.
set -eu
make=${MAKE:-make}

for python in $(scripts/find-python.sh --all); do
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    settings="PYTHON=$python DEV=.venv-dev-$version"
    case $version in
        3.11 | 3.12 | 3.13) ;;
        *) $make --no-print-directory environment $settings || { echo "Python $version: left out, the dependencies do not install" >&2; continue; } ;;
    esac
    echo "Python $version" >&2
    $make --no-print-directory test $settings
done
