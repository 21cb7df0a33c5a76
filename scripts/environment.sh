#!/bin/sh
# Makes the virtual environment DIR with the pinned REQUIREMENTS, unless it stands already.
#   scripts/environment.sh DIR REQUIREMENTS [PYTHON]
# WHEELS=FOLDER installs from that folder alone, without a network.
set -eu
dir=$1 requirements=$2 python=${3-}

version() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true; }

# An environment cannot be moved, and does not outlive the Python that it was made from.
stamp="$(cksum < "$requirements") $PWD"
if [ -x "$dir/bin/python" ] && [ "$(cat "$dir/.ready" 2>/dev/null)" = "$stamp" ]; then
    if [ -z "$python" ] || [ "$(version "$python")" = "$(version "$dir/bin/python")" ]; then
        exit
    fi
fi

python=$(scripts/find-python.sh $python)
echo "making $dir with Python $(version "$python") ..." >&2
rm -rf "$dir"
"$python" -m venv "$dir"
scripts/pip.sh "$dir" install --require-hashes -r "$requirements"
echo "$stamp" > "$dir/.ready"
