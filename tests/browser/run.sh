#!/usr/bin/env bash
# Opens a report in headless Chromium and checks it: run.sh [REPORT.html] [SCREENSHOT_FOLDER]
# Without a report, the invented sample of the unit tests is rendered. Installs Chromium (Debian) and playwright-core
# (npm, as locked) where they are missing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
shots=${2:-$(mktemp -d)}
mkdir -p "$shots"
report=${1:-}
if [ -z "$report" ]; then
    report=$shots/sample.html
    (cd "$here/../.." && SAMPLE=$report cargo test -q -p variorum write_sample -- --ignored)
    [ -s "$report" ] || { echo "the sample was not written" >&2; exit 1; }
fi
if ! command -v "${CHROMIUM:=/usr/bin/chromium}" >/dev/null; then
    sudo=$([ "$(id -u)" = 0 ] || echo sudo)
    $sudo apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq chromium >/dev/null
fi
export CHROMIUM
[ -d "$here/node_modules/playwright-core" ] || (cd "$here" && npm ci --no-audit --no-fund --silent)
node "$here/check.mjs" "$report" "$shots"
if command -v pdftoppm >/dev/null; then
    pdftoppm -r 60 -png "$shots/print.pdf" "$shots/print"
fi
echo "screenshots: $shots"
