"""The rival as a good researcher would write it: whole arrays, every equation of sim/ODD.md (section 7) for everybody online.

Blocks that fit the last cache, float32, in-place ufuncs; masks by multiplication; traits and slots stored for every user;
suppliers' words spread over users once, not looked up every tick; contacts' counters moved only by those who join or leave.
Every tick and platform: hazards of joining and of leaving for all, one uniform each; all eight slots for all, one uniform each.
Kept from its tuned sibling (rival_tick.py): people in order of arrival, so those online are a prefix, and the fastest generator.
Not kept: gathering of members, sums that only changes of status or of follows move, thinned draws. Those are another algorithm.
"""
from types import SimpleNamespace

import numpy as np

from rival_people import zeros
from rival_scenario import DAYS_PER_YEAR, duration

MONTH = 30.0  # days: monthly active = used at least once in 30 days
SLOTS = 8
TINY = np.finfo(np.float32).tiny


def spread_slots(people, size):
    """Adds what suppliers mean to every user, arrays (8, N): a slot is one run of memory. Filled by change_suppliers.

    Adds the `size` users of each group too, int64 of shape (groups, size); -1 for nobody.
    """
    people.of_group = np.full((len(people.slots), size), -1)
    people.of_group.ravel()[: people.users] = np.argsort(people.group, kind="stable")
    for p in people.platforms:
        p.followed = zeros((SLOTS, people.users), np.bool_)
        p.slot_content, p.slot_offer, p.slot_pull = (zeros((SLOTS, people.users)) for _ in range(3))


class PlainPass:
    """The pass over one thread's users."""

    def __init__(self, s, people, worker, workers, block):
        self.s, self.people = s, people
        self.rng = np.random.Generator(np.random.SFC64([s.seed, 1 + worker]))
        block = min(block, -(-s.users // workers))
        self.blocks = [(lo, min(lo + block, s.users)) for lo in range(worker * block, s.users, workers * block)]
        self.block, self.worker, self.workers = block, worker, workers
        self.seen = np.zeros((2, 3, *people.slots.shape), np.float32)  # suppliers' words that users have, by group and slot
        self.next = [np.empty((SLOTS, block), np.bool_) for _ in range(2)]  # follows after the tick

    def change_suppliers(self, groups):
        """Spreads the words of suppliers over the users of the `groups`' slots where they changed; followers of the gone drop them."""
        for p, other, seen in zip(self.people.platforms, reversed(self.people.platforms), self.seen):
            offer = p.offer[groups]
            words = np.stack([p.content[groups], offer, other.effort[groups] * (offer > 0)])
            moved = (words != seen[:, groups]).any(axis=0)
            seen[:, groups] = words
            for slot in range(SLOTS):
                at = np.flatnonzero(moved[:, slot])
                rows = self.people.of_group[groups[at]]
                mine = (rows >= 0) & (rows // self.block % self.workers == self.worker)
                rows = rows[mine]
                which = np.broadcast_to(at[:, None], mine.shape)[mine]
                for array, word in zip((p.slot_content, p.slot_offer, p.slot_pull), words):
                    array[slot, rows] = word[which, slot]
                p.followed[slot, rows] &= offer[which, slot] > 0

    def run(self, now, online):
        """Returns for each open platform the users who joined, for the first time or again, and who left; fills `sums`."""
        self.sums = np.zeros((2, 11))
        self.events = [[[np.empty(0, np.int64)] for _ in range(3)] for _ in range(2)]
        live = [k for k in range(2) if now.platform[k].live]
        for lo, hi in self.blocks:
            if lo < online and live:
                self.live_block(now, live, slice(lo, min(hi, online)))
        return {k: [np.concatenate(rows) for rows in self.events[k]] for k in live}

    def live_block(self, now, live, here):
        users = {k: self.value_time(now, k, here) for k in live}
        self.divide_attention(users)
        for k, u in users.items():
            self.count(now, k, u, here)
            self.move_stocks(now, k, u, here)
        for k, u in users.items():
            self.follow(now, k, u, users.get(1 - k), here)
        for k, u in users.items():
            self.change_status(now, k, u, here, *self.draw_events(now, k, u, here))
        for k, u in users.items():
            self.people.platforms[k].followed[:, here] = u.follows

    def value_time(self, now, k, here):
        """Reach, peers, utility and the weight of the logit. Who is not a member has stocks of 0."""
        p, x, people, tree = self.people.platforms[k], now.platform[k], self.people, self.s.tree
        u = SimpleNamespace(inside=p.is_member[here], member=p.is_member[here].astype(np.float32), age=now.tick - p.joined[here])
        reach = u.member * u.age
        reach *= -self.s.dt / duration(tree["adoption"]["rediscovery_time"])
        np.exp(reach, out=reach)
        reach *= 1 - p.imported[here]
        np.subtract(1, reach, out=reach)
        reach *= p.active[here]
        reach *= people.per_contact[here]
        u.utility = people.talk[here] * x.conversation
        u.utility += x.feed
        u.utility *= reach
        u.utility += p.taste[here]
        u.utility += x.base
        if x.broadcast:
            content = p.supply[here] * (1 / tree["utility"]["supply_scale"])
            np.log1p(content, out=content)
            content *= people.quiet[here]
            content *= x.broadcast
            u.utility += content
        if x.irritating:
            nuisance = p.irritation[here] + x.ads
            nuisance *= people.sensitivity[here]
            u.utility -= nuisance
        u.weight = p.habit[here] * x.eta
        u.weight += u.utility
        u.weight *= 1 / tree["attention"]["nest_parameter"]
        np.exp(u.weight, out=u.weight)
        u.weight *= u.member
        return u

    def divide_attention(self, users):
        """Shares of the day: nested logit against the outside option, s_in / D W = D^(lambda-1) W / (exp(V_0) + D^lambda)."""
        tree = self.s.tree["attention"]
        total = sum(u.weight for u in users.values())
        np.maximum(total, TINY, out=total)  # a day without platforms
        inside = np.log(total)
        inside *= tree["nest_parameter"]
        np.exp(inside, out=inside)
        total *= inside + np.exp(tree["outside_utility"])
        inside /= total
        for u in users.values():
            u.attention = u.weight
            u.attention *= inside

    def count(self, now, k, u, here):
        """Sums over members: members, attention, minutes, daily and monthly users, habit, irritation at the tick's start."""
        p, dispersion = self.people.platforms[k], now.platform[k].dispersion
        u.minutes = self.people.minutes[here] * u.attention
        unused = u.minutes * (1 / (self.s.tree["attention"]["session_length"] * dispersion))
        np.log1p(unused, out=unused)
        unused *= -dispersion
        daily = len(unused) - np.exp(unused).sum()
        unused *= MONTH
        np.exp(unused, out=unused)
        unused *= u.age >= MONTH / self.s.dt + 0.5  # who joined less than a month ago has used it
        members = u.member.sum()
        idle = np.dot(unused, u.member)
        sums = members, u.attention.sum(), u.minutes.sum(), daily, members - idle, p.habit[here].sum(), p.irritation[here].sum()
        self.sums[k, :7] += sums

    def move_stocks(self, now, k, u, here):
        """Habit, irritation and recent joiners among contacts."""
        p, x = self.people.platforms[k], now.platform[k]
        habit = p.habit[here]
        change = u.attention - habit
        change *= np.where(u.age < 1.5, np.float32(1), np.float32(now.relax_habit))  # attention itself in the first tick
        habit += change
        if x.irritating:
            change = u.member * np.float32(x.irritation_target)
            change -= p.irritation[here]
            change *= now.relax_irritation
            p.irritation[here] += change
        u.peers = p.recent[here] * self.s.tree["adoption"]["recency_weight"]
        u.peers += p.active[here] * x.of_stock
        u.peers *= self.people.per_contact[here]
        p.recent[here] *= now.keep_recency  # joins of this tick are added after it

    def follow(self, now, k, u, v, here):
        """Posts seen, follows after the tick and drag to platform k; `v`: the same users on the other platform, if it is open."""
        p, other, x = self.people.platforms[k], self.people.platforms[1 - k], now.platform[k]
        tree, n = self.s.tree, len(u.member)
        u.follows, u.drag, posted = self.next[k][:, :n], np.zeros(n, np.float32), np.zeros(n, np.float32)
        meet = u.attention * (-tree["following"]["organic_rate"] * self.s.dt)  # hazards below 0: exp(hazard) is the chance of none
        drop = np.float32(-tree["following"]["unfollow_rate"] * self.s.dt)
        strength = v.minutes * (-x.drag / tree["population"]["time_budget"]) if v and x.drag else None
        hazard, word, bits = np.empty((3, n), np.float32)
        for slot in range(SLOTS):
            np.multiply(p.slot_offer[slot, here], meet, out=hazard)
            if strength is not None:
                np.copyto(bits, other.followed[slot, here])
                np.multiply(p.slot_pull[slot, here], strength, out=word)
                word *= bits
                u.drag -= word
                hazard += word
            before = p.followed[slot, here]
            np.copyto(bits, before)
            np.multiply(p.slot_content[slot, here], bits, out=word)
            posted += word
            np.subtract(drop, hazard, out=word)  # who follows already may drop
            word *= bits
            hazard += word
            np.exp(hazard, out=hazard)
            self.rng.random(out=word, dtype=np.float32)
            after = np.greater_equal(word, hazard, out=u.follows[slot])
            np.not_equal(after, before, out=after)
            after &= u.inside
        supply = p.supply[here]
        posted -= supply
        posted *= now.relax_supply
        supply += posted

    def draw_events(self, now, k, u, here):
        """Positions in the block of those who join or leave, and the hazards of joining: spontaneous, by peers, by drag."""
        tree, p, x = self.s.tree["adoption"], self.people.platforms[k], now.platform[k]
        gate = tree["reference_utility"] - u.utility
        gate *= tree["utility_gate"]
        np.exp(gate, out=gate)
        gate += 1
        np.divide(2, gate, out=gate)
        peers = u.peers
        peers *= p.invited[here]
        peers *= x.by_peers
        hazard = peers + np.float32(x.spontaneous)
        hazard *= gate
        u.drag *= self.s.tree["cross_promotion"]["install_friction"]
        hazard += u.drag
        hazard *= p.may_join[here]  # 0 for members, less than 1 for lapsed ones
        hazard += self.leave_hazard(p, u, here)
        np.negative(hazard, out=hazard)
        np.exp(hazard, out=hazard)
        at = np.flatnonzero(self.rng.random(len(hazard), np.float32) >= hazard)
        return at, np.stack([gate[at] * np.float32(x.spontaneous), gate[at] * peers[at], u.drag[at]])

    def leave_hazard(self, p, u, here):
        """Of members, within the tick: constant, by disuse, by too few contacts left; none within the grace period."""
        tree, dt = self.s.tree["exit"], self.s.dt
        hazard = p.habit[here] * (-1 / tree["disuse_share"])
        np.exp(hazard, out=hazard)
        hazard *= tree["disuse_churn"] / DAYS_PER_YEAR * dt
        hazard += tree["baseline_churn"] / DAYS_PER_YEAR * dt
        ever = p.ever[here]
        few = ever * self.people.threshold[here] > p.active[here]
        few &= ever >= tree["threshold_contacts"]
        hazard += few * np.float32(dt / duration(tree["threshold_delay"]))
        eligible = u.age
        eligible += 0.5 - duration(tree["grace"]) / dt
        np.maximum(eligible, 0, out=eligible)
        np.minimum(eligible, 1, out=eligible)
        hazard *= eligible
        hazard *= u.member
        return hazard

    def change_status(self, now, k, u, here, at, hazards):
        """Members among those at `at` leave, the others join for one of three causes, drawn by its hazard."""
        p, adoption = self.people.platforms[k], self.s.tree["adoption"]
        member = u.inside[at]  # a copy
        gone, come = at[member], at[~member]
        hazards = hazards[:, ~member].cumsum(axis=0)
        cause = (hazards <= self.rng.random(len(come)) * hazards[-1]).sum(axis=0)
        self.sums[k, 7:10] += np.bincount(cause, minlength=4)[:3]
        self.sums[k, 10] += len(gone)
        self.bring_supplier(k, u, here, come[cause == 2])
        u.follows[:, gone] = False
        joiner, leaver = come + here.start, gone + here.start
        again = p.status[joiner] == 2
        p.status[joiner], p.is_member[joiner], p.may_join[joiner], p.joined[joiner] = 1, True, 0, now.tick
        p.status[leaver], p.is_member[leaver], p.may_join[leaver] = 2, False, adoption["return_factor"]
        for stock in (p.habit, p.supply, p.irritation):
            stock[leaver] = 0
        for rows, more in zip(self.events[k], (joiner[~again], joiner[again], leaver)):
            rows.append(more)

    def bring_supplier(self, k, u, here, come):
        """Who was dragged to platform k follows one of those who pulled, drawn by its pull."""
        p, other, rows = self.people.platforms[k], self.people.platforms[1 - k], come + here.start
        pull = (p.slot_pull[:, rows] * other.followed[:, rows]).cumsum(axis=0)
        slot = (pull <= self.rng.random(len(rows)) * pull[-1]).sum(axis=0)
        u.follows[np.minimum(slot, SLOTS - 1), come] = True
