"""Times `variorum collate` over piles of several sizes. Called by run.sh: time.py BINARY RUNS SHARED."""

import csv
import gzip
import io
import json
import os
import pathlib
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time

MIN_CHARACTERS = 400
PLACES = ["the harbour", "the old docks", "the market hall", "the east gate", "the river quay"]
PEOPLE = ["Mayor Ida Brandt", "fire officer Joss Keller", "the union's Mara Lind", "Superintendent Piet Oswald"]
PLAIN = [
    "Police closed {place} after a crane fell on {day}.",
    "{who} said that {n} people were hurt at {place}.",
    "Witnesses near {place} spoke of a loud noise before the crane came down.",
    "The operator, Averel Lifting, said it would help the inquiry at {place}.",
    "\"We will find out why this happened,\" {who} told reporters on {day}.",
    "Repairs at {place} may take {n} weeks, according to {who}.",
    "Ferries were sent to another quay until {day}.",
    "{who} denied that the crane at {place} had failed an inspection.",
]


def articles(shared):
    """Every longer text of the readable corpora, each once, in a fixed order."""
    seen = {}
    root = pathlib.Path(shared) / "corpora"
    for folder in ("wikinews-event-clusters", "newspaper4k-aed", "giveme5w1h-newscluster", "discord-questions-nanco"):
        for path in sorted((root / folder).rglob("*.json")):
            walk(json.loads(path.read_text(encoding="utf8", errors="replace")), seen)
    bodies = root / "fnc1-stance" / "train_bodies.csv.gz"
    if bodies.exists():
        text = gzip.decompress(bodies.read_bytes()).decode("utf8", "replace")
        for row in csv.DictReader(io.StringIO(text)):
            keep(row.get("articleBody", ""), "", seen)
    return [{"title": title, "text": text} for text, title in seen.items()]


def walk(value, seen):
    if isinstance(value, dict):
        for field in ("text", "articleBody", "content"):
            if isinstance(value.get(field), str):
                keep(value[field], value.get("title") or "", seen)
                break
        for inner in value.values():
            walk(inner, seen)
    elif isinstance(value, list):
        for inner in value:
            walk(inner, seen)


def keep(text, title, seen):
    if len(text) >= MIN_CHARACTERS:
        seen.setdefault(text, title if isinstance(title, str) else "")


def one_story(n):
    """`n` invented accounts of one event, the same for every run."""
    draw = random.Random(7)
    for _ in range(n):
        days = ["Monday", "Tuesday", "Wednesday"]
        said = [s.format(place=draw.choice(PLACES), who=draw.choice(PEOPLE), day=draw.choice(days), n=draw.randint(2, 40))
                for s in draw.choices(PLAIN, k=18)]
        yield {"title": "Crane falls in Port Averel", "text": "Crane falls in Port Averel\n\n" + "\n\n".join(said),
               "published": "2031-05-0%d" % draw.randint(5, 7)}


def pile(folder, name, documents):
    path = os.path.join(folder, name + ".jsonl")
    with open(path, "w", encoding="utf8") as out:
        for at, document in enumerate(documents):
            out.write(json.dumps({"outlet": "outlet %d" % at, **document}) + "\n")
    return path


def median(binary, runs, paths, threads=None):
    command = [binary, "collate", "--quiet", *paths] + (["--threads", str(threads)] if threads else [])
    walls, users = [], []
    for _ in range(runs):
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime, time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        walls.append(time.perf_counter() - start)
        users.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    return statistics.median(walls), statistics.median(users)


def main():
    binary, runs, shared = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True).stdout.strip()
    print("commit %s, %d cores, load %.1f at the start, median of %d runs, whole process\n"
          % (commit, os.cpu_count(), os.getloadavg()[0], runs))
    print("| pile | threads | wall, ms | processor, ms |\n|---|---|---|---|")

    def row(name, paths, threads=None, n_runs=runs):
        wall, user = median(binary, n_runs, paths, threads)
        print("| %s | %s | %.0f | %.0f |" % (name, threads or "all", wall * 1000, user * 1000), flush=True)

    with tempfile.TemporaryDirectory() as folder:
        row("README's example, 7 pages", ["examples/harbour-street-fire"])
        for n in (2, 20, 200):
            row("one invented story, %d accounts" % n, [pile(folder, "story-%d" % n, one_story(n))], None, min(runs, 3))
        if not shared:
            print("\nskipped: the piles of public articles (VARIORUM_SHARED is not set)")
            return
        row("the founding case, 5 pages", [os.path.join(shared, "seeds")])
        found = articles(shared)
        random.Random(7).shuffle(found)
        thousand = pile(folder, "thousand", found[:1000])
        for threads in (1, 2, 4):
            row("public articles, %d" % len(found[:1000]), [thousand], threads, min(runs, 3))
        if len(found) > 1500:
            row("public articles, %d (all there are)" % len(found), [pile(folder, "all", found)], None, 1)


if __name__ == "__main__":
    main()
