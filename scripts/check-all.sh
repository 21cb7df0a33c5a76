#!/bin/sh
# Runs the tests on every Python from 3.11 on that this machine has, and names those that failed.
# One newer than 3.13 is left out where the dependencies do not install on it.
set -eu
make="${MAKE:-make} --no-print-directory"
failed=

for python in $(scripts/find-python.sh --all); do
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    settings="PYTHON=$python DEV=.venv-dev-$version"
    echo "Python $version" >&2
    case $version in
        3.11 | 3.12 | 3.13) $make test $settings || failed="$failed $version" ;;
        *)
            if $make environment $settings; then
                $make test $settings || failed="$failed $version"
            else
                echo "Python $version is left out: the dependencies do not install on it." >&2
            fi
            ;;
    esac
done

if [ -n "$failed" ]; then
    echo "The tests failed on Python$failed." >&2
    exit 1
fi
