"""Prints how time and memory grow with the accounts of a story and with the documents of a pile: growth.py BINARY SHARED SIZES.

Processor time, since wall time says little on a shared machine; the best of two runs up to 200 accounts, one run beyond.
"""

import itertools
import json
import os
import random
import subprocess
import sys
import tempfile
from importlib import util

STORIES = (2, 20, 50, 100, 200, 400)


def beside(name):
    """A module beside this file; the standard library has one of the name `time` too."""
    spec = util.spec_from_file_location("bench_" + name, os.path.join(os.path.dirname(__file__), name + ".py"))
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(binary, path):
    """Processor seconds, wall seconds and peak memory in MB of one run, whole process."""
    start = os.times().elapsed
    child = subprocess.Popen([binary, "collate", "--quiet", path], stdout=subprocess.DEVNULL)
    _pid, status, used = os.wait4(child.pid, 0)
    if status != 0:
        sys.exit("%s: status %d" % (path, status))
    return used.ru_utime + used.ru_stime, os.times().elapsed - start, used.ru_maxrss / 1024


def table(binary, name, piles, folder):
    print("| %s | processor, s | s per 100 | times the row above | wall, s | memory, MB |\n|---|---|---|---|---|---|" % name)
    before = None
    for n, documents in piles:
        path = os.path.join(folder, "pile.jsonl")
        with open(path, "w", encoding="utf8") as out:
            for at, document in enumerate(documents):
                out.write(json.dumps({"outlet": "outlet %d" % at, **document}) + "\n")
        user, wall, memory = min(run(binary, path) for _run in range(2 if n <= 200 else 1))
        ratio = "" if before is None else "%.1f for %.1f" % (user / before[1], n / before[0])
        print("| %d | %.2f | %.2f | %s | %.1f | %.0f |" % (n, user, 100 * user / n, ratio, wall, memory), flush=True)
        before = (n, user)
    print()


def main():
    binary, shared, sizes = sys.argv[1], sys.argv[2], [int(n) for n in sys.argv[3].split(",") if n]
    timed, accounts = beside("time"), beside("accounts")
    print("load %.1f at the start, %d cores\n" % (os.getloadavg()[0], os.cpu_count()))
    with tempfile.TemporaryDirectory() as folder:
        table(binary, "accounts of one story", ((n, accounts.one_story(n)) for n in STORIES), folder)
        same = ((n, timed.one_story(n)) for n in STORIES)
        table(binary, "accounts that draw the same few sentences", same, folder)
        if not shared:
            print("skipped: the piles of varied public articles (VARIORUM_SHARED is not set)")
            return
        found = timed.articles(shared)
        random.Random(7).shuffle(found)
        varied = ((n, itertools.islice(accounts.variations(found, n), n)) for n in sizes)
        table(binary, "documents of a pile", varied, folder)


if __name__ == "__main__":
    main()
