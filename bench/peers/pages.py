#!/usr/bin/env python3
"""Runs trafilatura, newspaper4k and htmldate (PyPI) over the corpora of web pages that `variorum-dev eval extract` and
`eval date` read, with the same gold and the same scores, then ours, all on one thread, and prints both tables.

    bench/peers/run.sh pages          # or: python bench/peers/pages.py, with the three installed

Main text: 4-gram shingles, precision and recall averaged over pages (Scrapinghub's benchmark). Day: htmldate's own
evaluation. Milliseconds are the mean of a page, parsing of the HTML included; for newspaper4k title, authors and date
as well, for ours all that `extract` does (furniture, dates, credit lines).
"""
import gzip, importlib.metadata, io, json, logging, os, pathlib, re, subprocess, tarfile, time, warnings
from collections import Counter

os.environ["RAYON_NUM_THREADS"] = "1"
OURS = os.environ.get("VARIORUM_DEV", "target/release/variorum-dev")
logging.disable(logging.CRITICAL)
warnings.filterwarnings("ignore")
import htmldate, newspaper, trafilatura


def newspaper4k(path):
    """(url, bytes, body, day) of each page, as `eval` reads them."""
    pages = {}
    for archive in sorted(path.glob("*.tar.xz")):
        with tarfile.open(archive) as tar:
            for member in filter(tarfile.TarInfo.isfile, tar):
                pages[pathlib.Path(member.name).name] = tar.extractfile(member).read()
    days = {a["id"]: (a["date"] or "")[:10] for a in json.loads((path / "news_articles.json").read_text("utf-8"))}
    for id, gold in json.loads((path / "articles.json").read_text("utf-8")).items():
        if pages.get(id + ".html"):
            yield gold.get("url"), pages[id + ".html"], gold["articleBody"], days.get(gold["id"]) or None


def fundus(path):
    for info in sorted(path.rglob("meta.info")):
        for name, entry in json.loads(info.read_text("utf-8")).items():
            file = info.parent / name
            if not file.is_file():
                continue
            content = gzip.open(file).read() if file.suffix == ".gz" else file.read_bytes()
            golds = json.loads((info.parent / f"{name.split('_')[0]}.json").read_text("utf-8"))
            gold = best_version(golds, content.decode("utf-8", "replace"))
            if gold:
                yield entry.get("url"), content, body(gold), str(gold.get("publishing_date") or "")[:10] or None


def body(gold):
    lines = list(gold["body"]["summary"] or [])
    for section in gold["body"]["sections"] or []:
        lines += [*section["headline"], *section["paragraphs"]]
    return "\n".join(lines)


def best_version(golds, page):
    """The site's parser has versions; the one whose lines the page has."""
    squeeze = lambda text: re.sub("[^A-Za-z0-9]", "", text)
    page, found, most = squeeze(page), None, 100
    for gold in golds.values():
        if not gold.get("body"):
            continue
        score = sum(len(line.encode()) for line in body(gold).split("\n") if squeeze(line) in page)
        if score > 100 and score >= most:
            found, most = gold, score
    return found


def shingles(text):
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[i:i + 4]) for i in range(max(1, len(words) - 3))) if words else Counter()


def text_scores(pairs):
    precision, recall = [], []
    for gold, read in pairs:
        gold, read = shingles(gold), shingles(read or "")
        hits, found, wanted = sum((gold & read).values()), sum(read.values()), sum(gold.values())
        is_empty = not found and not wanted
        precision.append(1.0 if is_empty else hits / found if found else 0.0)
        recall.append(1.0 if is_empty else hits / wanted if wanted else 0.0)
    p, r = sum(precision) / len(precision), sum(recall) / len(recall)
    return {"f1": 2 * p * r / (p + r), "precision": p, "recall": r}


def day_scores(pairs):
    right = sum(gold == read for gold, read in pairs)
    unknown = sum(read is None for _, read in pairs)
    n, wrong = len(pairs), len(pairs) - right - unknown
    p, r = right / max(1, right + wrong), right / max(1, right + unknown)
    return {"f1": 2 * p * r / (p + r), "accuracy": right / n, "precision": p, "unknown": unknown / n}


def read_newspaper(url, page):
    # by default it fetches the page's images, over the network
    article = newspaper.Article(url or "", fetch_images=False)
    article.download(input_html=page.decode("utf-8", "replace"))
    article.parse()
    return article


def day_of(article):
    return article.publish_date.strftime("%Y-%m-%d") if hasattr(article.publish_date, "strftime") else None


TEXT = {
    "trafilatura": lambda url, page: trafilatura.extract(page, include_comments=False),
    "trafilatura, fast": lambda url, page: trafilatura.extract(page, include_comments=False, fast=True),
    "newspaper4k": lambda url, page: read_newspaper(url, page).text,
}
DAY = {
    "htmldate": lambda url, page: htmldate.find_date(page, url=url, original_date=True),
    "htmldate, fast": lambda url, page: htmldate.find_date(page, url=url, original_date=True, extensive_search=False),
    "newspaper4k": lambda url, page: day_of(read_newspaper(url, page)),
}


def run(name, read, items, of):
    pairs, failed, start = [], 0, time.perf_counter()
    for url, page, *gold in items:
        try:
            found = read(url, page)
        except Exception:
            found, failed = None, failed + 1
        pairs.append((gold[of], found))
    millis = (time.perf_counter() - start) * 1e3 / len(pairs)
    package = name.split(",")[0]
    label = f"{package} {importlib.metadata.version(package)}{name[len(package):]}"
    return label + (f" ({failed} failed)" if failed else ""), pairs, millis


def ours(task, path):
    out = subprocess.run([OURS, "eval", task, path, "--json"], check=True, capture_output=True, text=True).stdout
    return json.loads(out)["figures"]


def table(corpus, task, path, items, peers, of, scores):
    mine = ours(task, path)
    names = list(scores([("a", "a")]))
    print(f"\n| {corpus}, {task}, {len(items)} pages | {' | '.join(names)} | ms a page | ours is faster by |")
    print("|---" * (len(names) + 3) + "|")
    own = mine["mean_ms"]
    print(f"| ours | {' | '.join(f'{mine[n]:.4f}' for n in names)} | {own:.1f} | |")
    if task == "extract":
        crate = [f"{mine['trafilatura_' + n]:.4f}" for n in names]
        millis = mine["trafilatura_mean_ms"]
        print(f"| trafilatura (crate) | {' | '.join(crate)} | {millis:.1f} | {millis / own:.1f} |")
    for name, read in peers.items():
        label, pairs, millis = run(name, read, items, of)
        figures = scores(pairs)
        print(f"| {label} | {' | '.join(f'{figures[n]:.4f}' for n in names)} | {millis:.1f} | {millis / own:.1f} |", flush=True)


def main():
    corpora = pathlib.Path(os.environ["VARIORUM_SHARED"]) / "corpora"
    for corpus, read in (("newspaper4k-aed", newspaper4k), ("fundus-tests-en", fundus)):
        items = list(read(corpora / corpus))
        table(corpus, "extract", corpora / corpus, items, TEXT, 0, text_scores)
        table(corpus, "date", corpora / corpus, [i for i in items if i[3]], DAY, 1, day_scores)


if __name__ == "__main__":
    main()
