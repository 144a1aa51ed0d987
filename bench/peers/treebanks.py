#!/usr/bin/env python3
"""Fits spaCy's tagger and parser on the sentences that our own are made from (EWT's training split and the freely licensed
genres of GUM's) and prints, for it and for `variorum-dev`, what `eval sentences|tokens|tag|parse` print, and words per
second on one core, measured one after the other.

    bench/peers/run.sh treebanks      # or: python bench/peers/treebanks.py, with spaCy installed

Blank English, spaCy's own default configuration for a processor (one tok2vec shared by both, no vectors), universal tags,
relations with the subtypes that our schema keeps; stops after `MINUTES` (12) at the best model so far. `MODEL=folder` takes
a model that was fitted before.
"""
import gzip, json, os, pathlib, subprocess, sys, tempfile, time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"):
    os.environ[name] = "1"
import spacy
from spacy.tokens import Doc, DocBin

GENRES = {"news", "interview", "bio", "voyage", "textbook", "vlog", "speech"}
SUBTYPES = {"acl:relcl", "aux:pass", "compound:prt", "nmod:poss", "nsubj:pass", "obl:agent"}
OURS = os.environ.get("VARIORUM_DEV", "target/release/variorum-dev")


class Sentence:
    """The words of a sentence: forms, whether a space follows, tags, heads (a root heads itself), relations; and surface
    tokens as ranges of words."""

    def __init__(self, block):
        self.id, self.forms, self.spaces, self.tags, self.heads, self.relations = "", [], [], [], [], []
        self.starts_document = self.starts_paragraph = False
        self.surface, fused, spelling = [], (0, True), ""
        for line in block.split("\n"):
            self.starts_document |= line.startswith("# newdoc")
            self.starts_paragraph |= line.startswith("# newpar")
            if line.startswith("# sent_id = "):
                self.id = line[12:]
            row = line.split("\t")
            if len(row) != 10 or "." in row[0]:
                continue
            spaced = "SpaceAfter=No" not in row[9]
            if "-" in row[0]:
                fused, spelling = (int(row[0].split("-")[1]), spaced), row[1]
                self.surface.append((row[1], len(self.forms), int(row[0].split("-")[1])))
                continue
            number = int(row[0])
            if number > fused[0]:
                self.surface.append((row[1], number - 1, number))
            self.forms.append(row[1])
            self.spaces.append(fused[1] if number == fused[0] else number > fused[0] and spaced)
            self.tags.append(row[3])
            head = int(row[6])
            self.heads.append(head - 1 if head else number - 1)
            self.relations.append("ROOT" if row[7] == "root" else row[7] if row[7] in SUBTYPES else row[7].split(":")[0])

    def genre(self):
        return (self.id.split("_") + [""])[1].split("-")[0]


def sentences(path):
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [Sentence(block) for block in file.read().split("\n\n") if block.strip()]


def doc(vocab, group):
    words = [w for s in group for w in s.forms]
    spaces = [p for s in group for p in s.spaces]
    heads, base = [], 0
    for s in group:
        heads += [h + base for h in s.heads]
        base += len(s.forms)
    return Doc(vocab, words=words, spaces=spaces, tags=[t for s in group for t in s.tags],
               heads=heads, deps=[r for s in group for r in s.relations])


def groups(all, n=10):
    """Runs of up to `n` sentences of one document."""
    run = []
    for s in all:
        if run and (s.starts_document or len(run) == n):
            yield run
            run = []
        run.append(s)
    if run:
        yield run


class Gold:
    """A document as raw text, with the spans of sentences, surface tokens and words in it."""

    def __init__(self):
        self.text, self.sentences, self.tokens, self.words = "", [], [], []
        self.tags, self.heads, self.relations, self.parts = [], [], [], []

    def add(self, s, is_first):
        if s.starts_paragraph and not is_first:
            self.text = self.text.rstrip() + "\n"
        start, base = len(self.text), len(self.words)
        for form, first, last in s.surface:
            at = len(self.text)
            self.text += form
            self.tokens.append((at, len(self.text)))
            spelt = "".join(s.forms[first:last]) == form
            for word in s.forms[first:last]:
                self.words.append((at, at + len(word)) if spelt else self.tokens[-1])
                at += len(word)
            if s.spaces[last - 1]:
                self.text += " "
        self.sentences.append((start, self.tokens[-1][1]))
        self.tags += s.tags
        self.heads += [h + base for h in s.heads]
        self.relations += s.relations
        self.parts.append(s)


def documents(all):
    out = []
    for s in all:
        if s.starts_document or not out:
            out.append(Gold())
        out[-1].add(s, not out[-1].text)
    return out


def align(gold, found):
    word, token, pairs = 0, 0, []
    while word < len(gold) and token < len(found):
        a, b = gold[word], found[token]
        if a == b:
            pairs.append((word, token))
            word, token = word + 1, token + 1
        elif (a[1], a[0]) <= (b[1], b[0]):
            word += 1
        else:
            token += 1
    return pairs


def score(nlp, all):
    """The figures of `variorum-dev eval`, by their names."""
    n = dict.fromkeys("gold found tags heads labels raw_tags raw_heads raw_labels s_hits s_found s_gold t_hits t_gold".split(), 0)
    for gold in documents(all):
        for s in gold.parts:
            read = nlp(Doc(nlp.vocab, words=s.forms, spaces=s.spaces, sent_starts=[i == 0 for i in range(len(s.forms))]))
            for i, t in enumerate(read):
                right = t.head.i == s.heads[i]
                n["tags"] += t.tag_ == s.tags[i]
                n["heads"] += right
                n["labels"] += right and t.dep_ == s.relations[i]
        read = nlp(gold.text)
        tokens = [t for t in read if not t.is_space]
        spans = [(t.idx, t.idx + len(t)) for t in tokens]
        pairs = align(gold.words, spans)
        word_of = {tokens[t].i: w for w, t in pairs}
        for w, t in pairs:
            right = word_of.get(tokens[t].head.i) == gold.heads[w]
            n["raw_tags"] += tokens[t].tag_ == gold.tags[w]
            n["raw_heads"] += right
            n["raw_labels"] += right and tokens[t].dep_ == gold.relations[w]
        n["gold"] += len(gold.words)
        n["found"] += len(tokens)
        n["t_hits"] += len(pairs)
        ours = {(m[0].idx, m[-1].idx + len(m[-1])) for m in ([t for t in s if not t.is_space] for s in read.sents) if m}
        n["s_hits"] += len(ours & set(gold.sentences))
        n["s_found"] += len(ours)
        n["s_gold"] += len(gold.sentences)
    f1 = lambda hits: 2 * hits / (n["gold"] + n["found"])
    return {"sentences": 2 * n["s_hits"] / (n["s_found"] + n["s_gold"]), "words": f1(n["t_hits"]),
            "upos": n["tags"] / n["gold"], "raw upos": f1(n["raw_tags"]), "uas": n["heads"] / n["gold"],
            "las": n["labels"] / n["gold"], "raw uas": f1(n["raw_heads"]), "raw las": f1(n["raw_labels"])}


def ours(path):
    figures = {}
    for task, names in (("sentences", {"f1": "sentences"}), ("tokens", {"words f1": "words"}), ("tag", None), ("parse", None)):
        out = subprocess.run([OURS, "eval", task, path, "--json"], check=True, capture_output=True, text=True).stdout
        for name, value in json.loads(out)["figures"].items():
            if names is None and name not in ("words", "raw words") or names and name in names:
                figures[names[name] if names else name] = value
    return figures


def speeds(nlp, path, all):
    """Words per second, text in, tree out; the best of three. Ours alone, with the models in memory, as the other's."""
    texts = [d.text for d in documents(all)]
    n_words = sum(len(d.words) for d in documents(all))
    seconds = {}
    for how, read in (("one document at a time", lambda: [nlp(t) for t in texts]),
                      ("nlp.pipe", lambda: list(nlp.pipe(texts, batch_size=64)))):
        seconds[how] = 1e9
        for _ in range(3):
            start = time.perf_counter()
            read()
            seconds[how] = min(seconds[how], time.perf_counter() - start)
    out = subprocess.run([OURS, "eval", "speed", path, "--json"], check=True, capture_output=True, text=True).stdout
    return {how: n_words / s for how, s in seconds.items()}, json.loads(out)["figures"]["words/s, to trees"]


def train(corpora, folder):
    all = sentences(next((corpora / "ud-english-ewt").glob("*train*.gz")))
    all += [s for s in sentences(next((corpora / "ud-english-gum").glob("*train*.gz"))) if s.genre() in GENRES]
    vocab = spacy.blank("en").vocab
    DocBin(docs=[doc(vocab, g) for g in groups(all)]).to_disk(folder / "train.spacy")
    dev = sentences(next((corpora / "ud-english-ewt").glob("*dev*.gz")))
    DocBin(docs=[doc(vocab, g) for g in groups(dev)]).to_disk(folder / "dev.spacy")
    print(len(all), "sentences to train on", flush=True)
    run = [sys.executable, "-m", "spacy"]
    subprocess.run([*run, "init", "config", folder / "config.cfg", "--pipeline", "tagger,parser"], check=True,
                   stdout=subprocess.DEVNULL)
    command = [*run, "train", folder / "config.cfg", "--output", folder / "out", "--paths.train", folder / "train.spacy",
               "--paths.dev", folder / "dev.spacy"]
    try:
        subprocess.run(command, timeout=60 * float(os.environ.get("MINUTES", "12")))
    except subprocess.TimeoutExpired:
        print("stopped at the time limit; the best model so far")
    return folder / "out" / "model-best"


def main():
    corpora = pathlib.Path(os.environ["VARIORUM_SHARED"]) / "corpora"
    with tempfile.TemporaryDirectory() as folder:
        model = os.environ.get("MODEL") or train(corpora, pathlib.Path(os.environ.get("KEEP", folder)))
        nlp = spacy.load(model)
    for name in ("ud-english-ewt", "ud-english-gum"):
        path = next((corpora / name).glob("*dev*.gz"))
        all = sentences(path)
        theirs, mine = score(nlp, all), ours(path)
        print(f"\n| {path.name} | ours | spaCy {spacy.__version__} |\n|---|---|---|")
        for figure in theirs:
            print(f"| {figure} | {mine[figure]:.4f} | {theirs[figure]:.4f} |")
        fast, mine = speeds(nlp, path, all)
        for how, rate in fast.items():
            print(f"| words/s, {how} | {mine:,.0f} | {rate:,.0f} ({mine / rate:.1f} times) |")


if __name__ == "__main__":
    main()
