"""Suppliers in the rival: who is where, and the sums over a user's eight slots that change only when a bit or a supplier does."""
import numpy as np

BITS = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little").astype(np.float32)


def bits_of(follows):
    """Follow bits as float32 of shape (users, 8)."""
    return BITS.take(follows, axis=0)


def post_supply(s, people, now, made_for, part, parts):
    """Brings the tables of this process's part of the groups up to date; returns the groups that changed, or None.

    Every process calls it with the same numbers, so `made_for` (presence and effort of the tables) is the same everywhere.
    """
    wanted = [(x.presence, x.effort) for x in now.platform]
    if wanted == made_for:
        return wanted, None
    changed = np.zeros(s.supplier_count + 1, np.bool_)
    words = []
    for p, x, before in zip(people.platforms, now.platform, made_for):
        present = p.present_hash < x.presence
        changed |= present != (p.present_hash < before[0])
        if x.effort != before[1]:
            changed |= present
        words.append((people.quality * present, x.effort * people.effort * present))
    groups = np.flatnonzero(changed[people.slots].any(axis=1))
    own = groups[len(groups) * part // parts : len(groups) * (part + 1) // parts]
    slots = people.slots[own]
    for p, (quality, effort) in zip(people.platforms, words):
        p.offer[own] = quality[slots]
        p.effort[own] = effort[slots].astype(np.float32)
        p.content[own] = (people.quality * effort)[slots]
    return wanted, groups


def forget_absent(people, rows):
    """Followers of a supplier that is gone drop it."""
    for p in people.platforms:
        here = np.packbits(p.offer[people.group[rows]] > 0, axis=1, bitorder="little")[:, 0]
        p.follows[rows] &= here


def offer_sums(people, rows):
    """Recomputes the sums over slots of the users whose bits or suppliers changed."""
    if not len(rows):
        return
    group = people.group[rows]
    bits = [bits_of(p.follows[rows]) for p in people.platforms]
    for k, p in enumerate(people.platforms):
        other = people.platforms[1 - k]
        p.posted[rows] = np.einsum("ij,ij->i", p.content.take(group, axis=0), bits[k])
        free = p.offer.take(group, axis=0)
        free *= 1 - bits[k]
        p.on_offer[rows] = free.sum(axis=1)
        pulled = other.effort.take(group, axis=0)
        pulled *= bits[1 - k]
        pulled *= free > 0
        p.pull[rows] = pulled.sum(axis=1)


def free_quality(people, k, rows):
    """Quality of the suppliers in each slot who are on k and not followed there: (users, 8)."""
    p = people.platforms[k]
    return p.offer.take(people.group[rows], axis=0) * (1 - bits_of(p.follows[rows]))


def free_pull(people, k, rows):
    """Effort elsewhere, in each slot, of those who are on k, are followed elsewhere and not yet here: (users, 8)."""
    other = people.platforms[1 - k]
    pull = other.effort.take(people.group[rows], axis=0) * bits_of(other.follows[rows])
    return pull * (free_quality(people, k, rows) > 0)


def choose_slots(rng, rows, weights, clock, hazard):
    """Slots met when events come at unit rate from `clock` (the first) until `hazard`: a list of (rows, bits).

    To meet somebody twice changes nothing, so the slots are independent, each met with 1 - exp(-its share of the hazard).
    """
    chosen = []
    weights = np.cumsum(weights, axis=1)
    while len(rows):
        at = rng.random(len(rows), np.float32) * weights[:, -1]
        slot = np.minimum((weights <= at[:, None]).sum(axis=1), 7)
        some = weights[:, -1] > 0
        chosen.append((rows[some], np.left_shift(1, slot[some]).astype(np.uint8)))
        clock = clock + rng.standard_exponential(len(rows), np.float32)
        again = np.flatnonzero((clock < hazard) & some)
        rows, weights, clock, hazard = rows[again], weights[again], clock[again], hazard[again]
    return chosen


def choose_drops(rng, follows, members, hazard):
    """Bits that are dropped, each with 1 - exp(-hazard): as many places as a Poisson number says, wherever they fall."""
    places = rng.integers(0, max(1, 8 * len(members)), rng.poisson(hazard * 8 * len(members)))
    rows, bits = members[places >> 3], np.left_shift(1, places & 7).astype(np.uint8)
    some = follows[rows] & bits > 0
    return rows[some], bits[some]
