#!/usr/bin/env bash
# Times the release binary as a user starts it, and prints the tables of bench/README.md. Needs python3 (standard library
# only). VARIORUM_SHARED names the folder with the public corpora: the piles of 1,000 and more are made of them at run time.
# RUNS: how often each is run, the median counts (default 5). BIN: another binary.
# `bench/run.sh growth`: how time and memory grow with accounts and documents; PILES: sizes of the piles (default 1000,10000,50000).
set -euo pipefail
cd "$(dirname "$0")/.."
if [ -z "${BIN:-}" ]; then
    cargo build --release --locked --quiet -p variorum-cli
    BIN=target/release/variorum
fi
if [ "${1:-}" = growth ]; then
    exec python3 bench/growth.py "$BIN" "${VARIORUM_SHARED:-}" "${PILES-1000,10000,50000}"
fi
exec python3 bench/time.py "$BIN" "${RUNS:-5}" "${VARIORUM_SHARED:-}"
