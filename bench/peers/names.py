#!/usr/bin/env python3
"""Fits spaCy's entity recogniser on the training split that our own model is made from and prints its scores on the sets
that `variorum-dev eval names` reads, in the same way: raw text, exact spans, PER/ORG/LOC.

    bench/peers/run.sh names          # or: python bench/peers/names.py, with spaCy installed

Blank English, spaCy's own default configuration for a processor (tok2vec, no vectors); stops after `MINUTES` (15) at the
best model so far. The seed is fixed; scores still move by a few tenths between versions of the library.
"""
import gzip, os, pathlib, subprocess, sys, tempfile, time

os.environ.setdefault("OMP_NUM_THREADS", "1")
import spacy
from spacy.tokens import Doc, DocBin, Span

KINDS = {"per": "PER", "person": "PER", "org": "ORG", "loc": "LOC", "location": "LOC"}


def documents(path):
    """(text, words, spaces, gold) of each document; gold is a set of (start, end, kind) in characters."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        blocks = file.read().replace("\r\n", "\n").split("\n\n")
    current = None
    for block in filter(str.strip, blocks):
        if current is None or "# newdoc" in block or "-DOCSTART-" in block:
            if current and current[0]:
                yield tuple(current)
            current = ["", [], [], set()]
        sentence(current, block)
    if current and current[0]:
        yield tuple(current)


def sentence(current, block):
    rows = [line.split("\t") if "\t" in line else line.split(" ") for line in block.split("\n")
            if line.strip() and not line.startswith("# ") and "-DOCSTART-" not in line]
    uner = all(len(r) >= 3 and r[0].isdigit() for r in rows)
    rows = [(r[1], r[2]) if uner else (r[0], r[-1].strip()) for r in rows]
    given = [line[9:] for line in block.split("\n") if line.startswith("# text = ")]
    text = given[0] if given else " ".join(form for form, _ in rows)
    base, at, opened = len(current[0]), 0, None
    places = []
    for form, tag in rows:
        found = text.find(form, at)
        if found < 0:
            continue
        start, end = base + found, base + found + len(form)
        at = found + len(form)
        places.append((form, start, end))
        kind = KINDS.get(tag[2:].lower())
        if tag.startswith("I-") and opened and opened[2] == kind:
            opened = (opened[0], end, kind)
            continue
        if opened:
            current[3].add(opened)
        opened = (start, end, kind) if kind else None
    if opened:
        current[3].add(opened)
    for idx, (form, start, end) in enumerate(places):
        following = places[idx + 1][1] if idx + 1 < len(places) else None
        current[1].append(form)
        current[2].append(following is None or following > end)
    current[0] += text + "\n"


def training(path, vocab):
    """Documents of gold words; the library counts characters by words and spaces, so the spans are counted again."""
    bin = DocBin()
    for text, words, spaces, gold in documents(path):
        doc = Doc(vocab, words=words, spaces=spaces)
        spans, at, by_start, by_end = [], 0, {}, {}
        for token in doc:
            at = text.find(token.text, at)
            by_start[at], by_end[at + len(token.text)] = token.i, token.i + 1
            at += len(token.text)
        for start, end, kind in sorted(gold):
            if start in by_start and end in by_end:
                spans.append(Span(doc, by_start[start], by_end[end], label=kind))
        doc.set_ents(spans)
        bin.add(doc)
    return bin


def score(nlp, path):
    sums = {kind: [0, 0, 0] for kind in ("PER", "ORG", "LOC")}
    n_words, seconds = 0, 0.0
    for text, words, _, gold in documents(path):
        start = time.perf_counter()
        read = nlp(text)
        n_words, seconds = n_words + len(words), seconds + time.perf_counter() - start
        found = {(e.start_char, e.end_char, e.label_) for e in read.ents}
        for span in found:
            sums[span[2]][1] += 1
            sums[span[2]][0] += span in gold
        for span in gold:
            sums[span[2]][2] += 1
    total = [sum(s[i] for s in sums.values()) for i in range(3)]
    f1 = lambda s: 2 * s[0] / max(1, s[1] + s[2])
    parts = "  ".join(f"{kind} {f1(s):.3f}" for kind, s in sums.items())
    print(f"{path.name}: f1 {f1(total):.3f}  precision {total[0] / max(1, total[1]):.3f}  {parts}  "
          f"{n_words / seconds:,.0f} words/s")


def main():
    corpora = pathlib.Path(os.environ["VARIORUM_SHARED"]) / "corpora"
    uner = corpora / "uner-english-ewt"
    train, dev = next(uner.glob("*train*")), next(uner.glob("*dev.iob2*"))
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        blank = spacy.blank("en")
        training(train, blank.vocab).to_disk(folder / "train.spacy")
        training(dev, blank.vocab).to_disk(folder / "dev.spacy")
        run = [sys.executable, "-m", "spacy"]
        subprocess.run([*run, "init", "config", folder / "config.cfg", "--pipeline", "ner"], check=True,
                       stdout=subprocess.DEVNULL)
        command = [*run, "train", folder / "config.cfg", "--output", folder / "out",
                   "--paths.train", folder / "train.spacy", "--paths.dev", folder / "dev.spacy"]
        try:
            subprocess.run(command, timeout=60 * float(os.environ.get("MINUTES", "15")))
        except subprocess.TimeoutExpired:
            print("stopped at the time limit; the best model so far")
        nlp = spacy.load(folder / "out" / "model-best")
        print("spaCy", spacy.__version__)
        for path in (dev, *sorted((corpora / "ner-small-ccby" / "wikigold").rglob("*conll.txt"))):
            score(nlp, path)


if __name__ == "__main__":
    main()
