#!/usr/bin/env bash
# Makes the corpus that the target `collate` starts from out of our own invented stories: fuzz/seed.sh [FOLDER]
# Each input is a pile of pages, 0x1e between them; then some of which one page takes all of another, edited.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-fuzz/corpus/collate}
mkdir -p "$out"
python3 - "$out" <<'PY'
import html, pathlib, re, sys
out = pathlib.Path(sys.argv[1])
def text(path):
    raw = path.read_text(encoding="utf8", errors="replace")
    if path.suffix == ".html":
        raw = re.sub(r"(?s)<(script|style|head).*?</\1>", "", raw)
        raw = html.unescape(re.sub(r"<[^>]+>", "", raw))
    return re.sub(r"\n\s*\n+", "\n\n", raw).strip()
edits = bytes(e for e in range(32, 224, 11))
for story in sorted(pathlib.Path("tests/cases").iterdir()):
    pages = [p for p in sorted((story / "pages").glob("*")) if p.suffix in (".html", ".txt")]
    texts = [text(p)[:2500].encode() for p in pages[:6]]
    if len(texts) < 2:
        continue
    (out / (story.name + "-all")).write_bytes(b"\x1e".join(texts))
    for n, one in enumerate(texts[:3]):
        take = [b"\x1e\x04" + bytes([n + k]) + b"\x02\x00" + bytes(e ^ k for e in edits) + b"\x03" for k in (0, 3, 4)]
        (out / f"{story.name}-{n}").write_bytes(b"\x04\x01" + one + b"".join(take))
        short = b". ".join(one.split(b". ")[:4])
        (out / f"{story.name}-short-{n}").write_bytes(b"\x04\x01" + short + take[1] + take[2])
for n in range(16):
    phrases = b"".join(b"\x05" + bytes([(n * 5 + k * 3) % 16]) for k in range(8))
    (out / f"phrases-{n}").write_bytes(phrases + b"\x1e\x04\x02\x02\x00" + edits[n:] + b"\x03\x1e\x05\x09" + phrases[2:])
PY
echo "$(find "$out" -type f | wc -l) inputs in $out"
