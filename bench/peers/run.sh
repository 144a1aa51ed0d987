#!/usr/bin/env bash
# Installs the peers from PyPI into a virtual environment under target/ and runs them beside ours on the same corpora:
# bench/peers/run.sh [pages|treebanks|names]...; VARIORUM_SHARED names the folder that holds `corpora/`.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${VARIORUM_SHARED:?say where the folder with corpora/ is}"
venv=target/peers
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install -q --upgrade pip
"$venv/bin/pip" install -q -r bench/peers/requirements.txt
cargo build -q --release -p variorum-dev
export VARIORUM_DEV=target/release/variorum-dev OMP_NUM_THREADS=1
[ $# -gt 0 ] || set -- pages treebanks names
for script in "$@"; do
    "$venv/bin/python" -u "bench/peers/$script.py"
done
