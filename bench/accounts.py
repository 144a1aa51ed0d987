"""Invented accounts of one event, and piles of many documents, made at run time and the same on every machine.

A story of `n` accounts has what a pile of real news has: independent reports that choose their own facts, in their own
order and words; agency copy that is cut, edited and reworded, some of it with a number changed on the way; later reports
with other figures; local colour that nobody else has.
"""

import random
import re

# Each line one fact; [a|b] is one of several wordings, {x} is filled in for the account.
FACTS = """
[A crane|A loading crane|A tall harbour crane] [collapsed|fell|came down] [at|on] the [east quay|eastern quay|quay] of Port Averel on {day}, [killing {dead} people|leaving {dead} people dead], [police said|officials said|the police reported].
[At least|More than|About] {hurt} [people|workers|dockers] were [injured|hurt|wounded] [when the crane fell|in the collapse|in the accident], according to {hospital}.
[Mayor Ida Brandt|Ida Brandt, the mayor,|The mayor, Ida Brandt,] [called|described] the [accident|collapse] as [the worst in the history of the port|the worst that the town has seen].
"[We will find out why this happened|We are going to find out why this crane fell], and [nobody will be spared|we will spare nobody]," [Brandt|the mayor|Ida Brandt] [said|told reporters] on {day}.
[Averel Lifting|The operator, Averel Lifting,|The company Averel Lifting, which runs the crane,] [denied|rejected claims] that the crane [had failed|did not pass] an inspection in [March|the spring].
[The crane|The machine], [built in 1987|which was built in 1987|put up in 1987], [was last inspected|had its last inspection] in [March 2031|March], [the port authority said|according to the port authority].
[Fire officer Joss Keller|Joss Keller, who led the fire brigade,|Keller, a fire officer,] [said|told a news conference that] {crews} [firefighters|rescuers] [were sent|had been sent] to the [quay|harbour].
[Rescue teams|Rescuers|Firefighters] [searched|combed] the [water|harbour basin] [until {hour} in the evening|for {hours} hours], [looking for|in search of] {missing} [missing dockers|people who are missing].
[The union leader Mara Lind|Mara Lind of the dockers' union|Lind, who leads the union,] [accused|blamed] [Averel Lifting|the operator] of [ignoring warnings|having ignored repeated warnings] about [the cable|a worn cable].
"[They were told|We told them] about the cable [three times|again and again]," [Lind|Mara Lind|the union leader] [said|told the radio]. "[Nobody listened|No one listened to us]."
[Prosecutors|The public prosecutor|The prosecutor's office] [opened|have opened] an [investigation|inquiry] [into|against] [the operator|Averel Lifting] on suspicion of [negligence|negligent killing].
[Superintendent Piet Oswald|Piet Oswald, a police superintendent,|Oswald, who leads the inquiry,] [said|confirmed] that [the crane driver|the driver of the crane] [had been questioned|was questioned] and [released|let go].
[The port|Port Averel|The harbour] [was closed|was shut] [to all ships|to shipping] [until {until}|for {n} days], and {ships} [ships|vessels] [were sent|had to be sent] to [Tornby|the port of Tornby].
[Damage|The damage] [is put|was put] at {cost} million crowns, [insurers said|according to the insurer Nordkap].
[The government|The ministry of transport|Transport minister Olav Renz] [announced|promised] [a review|checks] of all {cranes} [harbour cranes|cranes] in the [country|land].
[Prime Minister Sanna Holt|Sanna Holt, the prime minister,|Holt] [visited|travelled to] the [quay|scene|port] on {day} and [met|spoke with] [the families of the dead|relatives of the victims].
[Witnesses|People who saw it|Dockers] [spoke of|reported|described] a [loud crack|loud noise|bang] [before|shortly before] the crane [fell|came down].
[Wind|Gusts] of up to {wind} kilometres an hour [had been|were] [measured|recorded] [that morning|on the morning of the collapse], [the weather service said|according to the weather service].
[The company|Averel Lifting] [was fined|had been fined] {fine} crowns in [2029|2028] [for|over] [missing safety records|records that were missing].
[Two of the dead|Two victims] were [brothers|brothers from Tornby], [aged {age} and 31|who were {age} and 31 years old], [their employer said|a friend of the family said].
[A memorial service|A service for the dead] [will be held|is planned] on [Sunday|Saturday] in [the church of St Olai|St Olai's church].
[The opposition|The opposition leader Grete Moll|Grete Moll, who leads the opposition,] [demanded|called for] the [resignation|departure] of [the transport minister|Olav Renz].
[Renz|Minister Olav Renz|The transport minister] [refused|declined] to [step down|resign], [saying|and said] [the cause was not known|nobody knew the cause yet].
[Repairs|Repairs to the quay] [may take|are expected to take] {weeks} weeks, [the port authority said|according to the harbour master].
[The harbour master, Lene Falk,|Harbour master Lene Falk] [said|stated] [that the quay|the quay] [would not reopen|would stay closed] before [the cable is examined|experts have examined the cable].
[A second crane|Another crane] of the same [type|make] [was taken out of service|was stopped] [as a precaution|to be safe] on {day}.
""".strip().splitlines()

# What only one account has: {name} and {street} are drawn from many, the rest from the lists below.
COLOUR = """
{name}, [a {adjective} {noun} seller|who keeps a {noun} shop|a {noun} maker] in {street} Street, {verb} [the {noun} and the {adjective} {noun}|a {adjective} {noun}].
"[I {verb} the {noun}|We {verb} a {noun}], and [then|later] [the {adjective} {noun} {verb} us|nobody {verb} the {noun}]," said {name}, {age}.
[In {street} Street|At the {noun} market|Behind the {noun} works] [a {adjective} {noun}|{n} {noun}s] {verb} the {noun} [until the evening|for {n} hours|before breakfast].
The {adjective} {noun} that {name} {verb} [last winter|years ago|as a child] [stood|lay] beside a {noun} [in {street} Street|near the {noun}].
[Few|Many|Some] {noun}s {verb} [the {noun} of {name}|a {adjective} {noun}], [and the {noun} {verb} them|but no {noun} {verb} it].
[Her|His|Their] {noun}, {adjective} and {adjective}, {verb} {n} {noun}s [in {street} Street|on the way to {street} Street].
""".strip().splitlines()
NOUNS = """anchor apron basket bell bench bicycle blanket boot bottle bread brick broom bucket butter button candle carpet carriage chair cheese
chimney clock cloth coat coffee comb cradle cup curtain dog door drum feather fence fiddle flag flour flute gate glove hammer hat herring honey
horse jacket jar kettle key kite ladder lamp lantern letter lock map melon mirror needle net oar onion orchard organ oven paper parrot pear pencil
piano pigeon pillow pipe plate pocket poster pump quilt radio razor ribbon ring rope saddle sail salt scarf shelf shirt shovel soap sock spoon
stamp stool stove string table tent ticket tile towel trumpet umbrella vase wagon wallet wheel whistle window""".split()
VERBS = """admired borrowed bought brushed buried carried carved caught cleaned collected copied counted covered decorated delivered described drew
dropped dyed emptied exchanged filled folded forgot gathered guarded hid ignored inherited kept lent lifted lit lost measured mended moved noticed
opened packed painted photographed polished praised printed pulled pushed recognised refused remembered rented repaired replaced returned saved
sewed shared sharpened showed sketched sold stacked stored swept tied touched traded trimmed unlocked unpacked valued washed watched weighed wrapped""".split()
ADJECTIVES = """ancient blue brittle broken careful cheap clever clumsy cold crooked damp dusty empty faded famous foreign gentle green grey heavy hollow
humble lazy lucky modest muddy narrow noisy odd pale patient plain proud quiet rare red rough round rusty shabby sharp silent simple slow small soft
steep stiff striped stubborn sturdy tall tiny tired upright vast warm white wooden yellow young""".split()

SYNONYMS = {"said": "stated", "people": "persons", "killing": "slaying", "injured": "harmed", "collapsed": "crumbled",
            "crane": "hoist", "accident": "mishap", "workers": "labourers", "closed": "sealed", "measured": "gauged",
            "visited": "toured", "announced": "proclaimed", "company": "firm", "port": "haven", "loud": "noisy"}
SYLLABLES = "ba ker lo min tor ska vel dun fri gal hen ost pra rik sun tam ul wen yor zel".split()
OUTLETS = ["Post", "Courier", "Herald", "Echo", "Journal", "Gazette", "Observer", "Wire"]


def word(draw):
    return "".join(draw.choice(SYLLABLES) for _ in range(draw.randint(2, 3)))


def spun(template, draw, values):
    text = re.sub(r"\[([^\[\]]*)\]", lambda m: draw.choice(m.group(1).split("|")), template)
    lists = {"noun": NOUNS, "verb": VERBS, "adjective": ADJECTIVES}
    return re.sub(r"\{(\w+)\}", lambda m: draw.choice(lists[m[1]]) if m[1] in lists else str(values[m[1]]), text)


def values(draw, day):
    return {
        "day": ["Monday", "Tuesday", "Wednesday"][day], "dead": [3, 5, 6][day], "hurt": [12, 17, 19][day],
        "hospital": draw.choice(["the Averel hospital", "doctors", "the health ministry"]), "crews": draw.choice([60, 60, 80]),
        "hour": "eleven", "hours": draw.choice([9, 10]), "missing": [4, 2, 1][day], "until": "Friday",
        "n": draw.randint(3, 9), "ships": draw.choice([14, 14, 20]), "cost": draw.choice([40, 40, 55]), "cranes": 212,
        "wind": draw.choice([85, 85, 90]), "fine": draw.choice([20000, 20000, 25000]), "age": draw.randint(24, 71),
        "weeks": draw.choice([6, 6, 8]),
        "name": word(draw).title() + " " + word(draw).title(), "street": word(draw).title(),
    }


def report(draw, day):
    """An account in its own words: 8 to 12 of the facts in an order of its own, and 5 to 9 things that nobody else has."""
    lines = [spun(fact, draw, values(draw, day)) for fact in draw.sample(FACTS, draw.randint(8, 12))]
    for _ in range(draw.randint(5, 9)):
        lines.insert(draw.randint(1, len(lines)), spun(draw.choice(COLOUR), draw, values(draw, day)))
    return lines


def copied(lines, draw):
    """A copy: cut from the end, a few sentences out, sometimes reworded throughout, sometimes a number changed."""
    kept = [line for line in lines[: draw.randint(max(4, len(lines) // 2), len(lines))] if draw.random() > 0.1]
    if draw.random() < 0.3:
        kept = [" ".join(SYNONYMS.get(w, w) for w in line.split(" ")) for line in kept]
    if draw.random() < 0.3:
        at = draw.randrange(len(kept))
        kept[at] = re.sub(r"\b\d+\b", lambda m: str(int(m.group()) + draw.randint(1, 30)), kept[at], count=1)
    return kept


def one_story(n, seed=7):
    """`n` accounts of one event; four of ten are copies, mostly of a few much-copied reports."""
    draw, told = random.Random(seed), []
    for at in range(n):
        day = min(2, 3 * at // max(n, 1))
        if told and draw.random() < 0.4:
            lines = copied(told[min(int(draw.expovariate(0.2)), len(told) - 1)], draw)
        else:
            lines = report(draw, day)
        told.append(lines)
        title = spun("[Crane falls|Crane collapses|Deadly crane collapse] in Port Averel", draw, {})
        yield {"title": title, "text": title + "\n\n" + "\n\n".join(lines), "published": "2031-05-0%d" % (5 + day),
               "outlet": "%s %s" % (word(draw).title(), draw.choice(OUTLETS))}


N_COMMON = 300
BLOCK = 64
ENDINGS = ("ing", "ed", "ly", "ion", "ers", "er", "es", "s", "al", "ous", "ive", "y", "e", "")
WORD = re.compile(r"[A-Za-z]+")


def variations(articles, n):
    """`n` documents: the articles as they are, then again with other words in the place of theirs, as often as it takes.

    In each round every word but the commonest gives way to another one that is about as frequent and ends alike, and every
    name to an invented one. So what tells of one event still does, events of two rounds have no more in common than any
    two, and the vocabulary grows as it does in real piles: by names.
    """
    counts, lower = {}, set()
    for article in articles:
        for w in WORD.findall(article["text"]):
            counts[w.lower()] = counts.get(w.lower(), 0) + 1
            if w.islower():
                lower.add(w)
    ranked = sorted(counts, key=lambda w: (-counts[w], w))
    common = set(ranked[:N_COMMON])
    classes = {}
    for w in ranked[N_COMMON:]:
        if w in lower:
            classes.setdefault(next(e for e in ENDINGS if w.endswith(e)), []).append(w)
    for at in range(n):
        turn, article = divmod(at, len(articles))
        if at % len(articles) == 0:
            exchanged = exchange(turn, classes, {w for w in ranked if w not in lower}, common)
        yield {"outlet": "outlet %d" % (at % 997), **{k: reworded(v, exchanged) for k, v in articles[article].items()}}


def exchange(turn, classes, names, common):
    """What stands for each word in a round; nothing changes in the first."""
    if turn == 0:
        return {}
    draw, exchanged = random.Random(turn), {}
    for words in classes.values():
        for start in range(0, len(words), BLOCK):
            block = words[start:start + BLOCK]
            exchanged.update(zip(block, draw.sample(block, len(block))))
    exchanged.update((name, word(draw) + draw.choice(SYLLABLES)) for name in sorted(names) if name not in common)
    return exchanged


def reworded(text, exchanged):
    def put(match):
        old = match.group()
        new = exchanged.get(old.lower(), old.lower())
        return old if new == old.lower() else new.title() if old[0].isupper() else new
    return WORD.sub(put, text) if exchanged else text
