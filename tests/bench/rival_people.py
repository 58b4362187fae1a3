"""The rival's people: traits, contacts, suppliers' slots and what changes every tick, as one NumPy array each.

Users are stored in the order in which they come online, so that those online are always a prefix: position in an array is rank
of arrival. Everything is drawn once and kept; shares, utils and counts are float32, because mixed widths are slow in NumPy.
"""
from types import SimpleNamespace

import numpy as np

from rival_scenario import supplier_quality_and_effort

CLOSE, NEIGHBOURHOOD = 64, 4096  # group sizes of the implicit network: sim/model/contact_network.cpp
PIECE_BYTES = 1 << 26  # chosen: 64 MiB
ATTEMPTS = 8  # to draw a supplier that is not in an earlier slot: sim/build/suppliers.cpp


class Arena:
    """Arrays cut from large pieces: those get huge pages, an array of a million numbers by itself does not."""

    def __init__(self):
        self.piece, self.used = np.empty(0, np.uint8), 0

    def array(self, shape, dtype=np.float32, value=0):
        size = int(np.prod(shape)) * np.dtype(dtype).itemsize
        if self.used + size > len(self.piece):
            self.piece, self.used = np.empty(max(size, PIECE_BYTES), np.uint8), 0
        array = self.piece[self.used : self.used + size].view(dtype).reshape(shape)
        self.used += -(-size // 64) * 64 + 64 * 17  # another place in the page for each: equal ones would share cache sets
        array[...] = value
        return array

    def keep(self, array, dtype=np.float32):
        copy = self.array(array.shape, dtype)
        copy[...] = array
        return copy


arena = Arena()
zeros, keep = arena.array, arena.keep


def lognormal(rng, mean, cv, n):
    """Drawn float32 of the given mean and coefficient of variation."""
    variance = np.log1p(cv * cv)
    return np.exp(np.log(mean) - variance / 2 + np.sqrt(variance) * rng.standard_normal(n)) if mean > 0 else np.zeros(n)


def matching_shares(size, degree):
    """Shares of pairs kept in each of the matchings that make `degree` distinct contacts on average in a group of `size`."""
    others = size - 1.0
    wanted = min(degree, 0.95 * others)
    needed = np.log1p(-wanted / others) / np.log1p(-1 / others) if size > 2 else 1.0
    return [min(1.0, needed - m) for m in range(int(np.ceil(needed)))]


def matching(rng, users, size, share):
    """Partner of each user in a random matching within groups of `size` neighbouring ids; `users` where there is none."""
    ids = np.arange(users)
    order = np.argsort(ids // size + rng.random(users)) if size < users else rng.permutation(users)
    first = ids[(ids % size % 2 == 0) & (ids + 1 < np.minimum((ids // size + 1) * size, users))]
    first = first[rng.random(len(first)) < share] if share < 1 else first
    partner = np.full(users, users, np.int32)
    partner[order[first]], partner[order[first + 1]] = order[first + 1], order[first]
    return partner


def contact_table(s, rng, rank):
    """Contacts, int32 of shape (matchings, N), by rank; N where there is none. A row holds no contact twice."""
    contacts, n = s.tree["contacts"], s.users
    local = contacts["degree"] * (1 - contacts["random_share"])
    scales = [(CLOSE, local * 2 / 3), (NEIGHBOURHOOD, local / 3), (n, contacts["degree"] * contacts["random_share"])]
    rows = []
    for size, degree in scales:
        for share in matching_shares(min(size, n), degree) if degree > 0 else []:
            row = matching(rng, n, min(size, n), share)
            for earlier in rows:
                row[row == earlier] = n  # met before: counts once
            rows.append(row)
    table = zeros((len(rows), n), np.int32)
    rank = np.append(rank, n).astype(np.int32)
    for row, target in zip(rows, table):
        target[rank[:n]] = rank[row]
    return table


def slot_table(s, rng):
    """Suppliers in the slots of each group, int32 of shape (groups, 8): a Zipf law, repeats drawn again; 8 slots always."""
    suppliers, count = s.tree["suppliers"], s.supplier_count
    groups, power = -(-s.users // suppliers["slot_group"]), 1 - suppliers["popularity_exponent"]

    def draw(n):
        u, ranks = rng.random(n), count + 1.0
        x = ranks**u if power == 0 else (1 + u * (ranks**power - 1)) ** (1 / power)
        return np.minimum(x.astype(np.int32), count) - 1

    slots = np.full((groups, 8), count, np.int32)  # `count`: nobody, for slots beyond those asked for
    for at in range(suppliers["slots"]):
        again = np.arange(groups)
        for _ in range(ATTEMPTS):
            slots[again, at] = draw(len(again))
            again = again[(slots[again, :at] == slots[again, at, None]).any(axis=1)]
    return keep(slots, np.int32)


def make_people(s):
    """Everything drawn once: traits, contacts, slots, suppliers. Arrays of N unless said otherwise."""
    rng = np.random.Generator(np.random.SFC64([s.seed, 0]))
    p, n, leave = s.tree["population"], s.users, s.tree["exit"]
    rank = rng.permutation(n)
    talk = rng.random((n, 3)).mean(axis=1) + p["conversation_taste"] - 0.5
    quality, effort = supplier_quality_and_effort(s)
    people = SimpleNamespace(
        users=n,
        talk=keep(np.clip(talk, 0, 1)),
        quiet=keep(1 - np.clip(talk, 0, 1)),
        sensitivity=keep(lognormal(rng, p["ad_sensitivity"], p["ad_sensitivity_cv"], n)),
        minutes=keep(lognormal(rng, p["time_budget"], p["time_budget_cv"], n)),
        threshold=keep(leave["threshold_low"] + (leave["threshold_high"] - leave["threshold_low"]) * rng.random(n)),
        contact_list=keep(rng.random(n) < p["contact_list_share"]),
        partner=contact_table(s, rng, rank),
        degree=zeros(n + 1),
        per_contact=zeros(n + 1, value=1),
        slots=slot_table(s, rng),
        group=keep(np.argsort(rank) // s.tree["suppliers"]["slot_group"], np.int32),
        quality=np.append(quality, 0).astype(np.float32),
        effort=np.append(effort, 0).astype(np.float32),
        tables={},
    )
    people.platforms = [make_platform(s, people, rng, k) for k in range(len(s.names))]
    return people


def make_platform(s, people, rng, k):
    """State of all users on platform k. Arrays that contacts change have a place N more, for partners that are nobody."""
    n, settings = people.users, s.tree["platforms"][s.names[k]]
    groups = people.slots.shape[0]
    imported = settings["contact_import"] * people.contact_list
    return SimpleNamespace(
        taste=keep(s.tree["population"]["taste_spread"] * rng.standard_normal(n)),
        present_hash=np.append(rng.random(s.supplier_count), 2),
        imported=keep(imported),  # share of contacts found at once
        invited=keep(1 + s.tree["adoption"]["invite_boost"] * imported),
        status=zeros(n, np.uint8),  # 0 never a member, 1 member, 2 lapsed
        is_member=zeros(n, np.bool_),
        joined=zeros(n),  # tick of joining
        may_join=zeros(n, value=1),  # 0 for members, less for lapsed ones
        unfound=zeros(n),  # share of contacts not found yet, at the start of time
        habit=zeros(n),  # share
        supply=zeros(n),  # effort x quality
        irritation=zeros(n),  # utils
        active=zeros(n + 1),  # contacts who are members
        ever=zeros(n + 1),  # contacts who were ever members
        recent=zeros(n + 1),  # decaying number of contacts who joined lately
        follows=zeros(n, np.uint8),  # one bit per slot
        posted=zeros(n),  # quality x effort of the suppliers followed
        on_offer=zeros(n),  # quality of the suppliers that are here and not followed
        pull=zeros(n),  # effort elsewhere of those followed there who are here and not followed
        content=zeros((groups, 8)),  # by group and slot: quality x effort here
        offer=zeros((groups, 8)),  # quality, of those who are here
        effort=zeros((groups, 8)),  # effort here
    )
