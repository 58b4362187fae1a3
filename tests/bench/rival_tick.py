"""One tick of the tuned rival, for the blocks of users that one process owns. Equations and order: sim/ODD.md, section 7.

Who is not a member is looked at in whole blocks; members, fewer, are gathered first. What depends on few users is kept up to
date by those who change: contacts' counters, sums over followed suppliers. A hazard x happens within the tick with probability
1 - exp(-x); independent hazards are drawn separately, so the drag of one platform needs its members only.
"""
import numpy as np

from rival_suppliers import choose_drops, choose_slots, forget_absent, free_pull, free_quality, offer_sums
from rival_scenario import DAYS_PER_YEAR, duration

STEPS = 65536.0
PIECE = 8  # blocks
MONTH = 30.0  # days: monthly active = used at least once in 30 days


def gather(array, rows):
    return array.take(rows, mode="clip")  # rows are in range; this mode does not look


def columns(events, width):
    """Lists of tuples of arrays, as one tuple of arrays."""
    return [np.concatenate(parts) for parts in zip(*events)] if events else [np.empty(0, np.int64)] * width


class Pass:
    """The pass over one process's users, and the lists of who changed."""

    def __init__(self, s, people, worker, workers, block):
        self.s, self.people = s, people
        self.rng = np.random.Generator(np.random.SFC64([s.seed, 1 + worker]))
        # Everybody is looked at in blocks that fit the cache; members, fewer, in pieces of several blocks.
        self.block = block
        piece = min(PIECE * block, -(-s.users // (4 * workers)))
        self.pieces = [(lo, min(lo + piece, s.users)) for lo in range(worker * piece, s.users, workers * piece)]
        self.own = np.concatenate([np.arange(lo, hi) for lo, hi in self.pieces])
        self.scratch = [np.empty(block, np.float32) for _ in range(4)]
        self.below = np.empty(block, np.uint16)
        self.happens = np.empty(block, np.bool_)

    def change_suppliers(self, groups):
        """Bits and sums of the users in the groups whose suppliers came, left or changed their effort."""
        changed = np.zeros(len(self.people.slots), np.bool_)
        changed[groups] = True
        rows = self.own[changed[self.people.group[self.own]]]
        forget_absent(self.people, rows)
        offer_sums(self.people, rows)

    def run(self, now, online):
        """Returns for each platform the sums of observables and the users who joined, for the first time or again, or left."""
        self.members = [[np.empty(0, np.int64)] for _ in range(2)]
        self.sums = np.zeros((2, 11))
        self.events = [{"join": [], "leave": [], "follow": [], "drag": []} for _ in range(2)]
        for lo, hi in self.pieces:
            if lo < online:
                self.live_piece(now, lo, min(hi, online))
        live = [k for k in range(2) if now.platform[k].live]
        chosen = {k: self.choose(now, k) for k in live}
        changed = {k: self.change_status(now, k, *chosen[k]) for k in live}
        offer_sums(self.people, np.concatenate([rows for *_, rows in changed.values()]))
        return {k: lists[:3] for k, lists in changed.items()}

    def live_piece(self, now, lo, hi):
        for first in range(lo, hi, self.block):
            for k in range(2):
                if now.platform[k].live:
                    self.consider_joining(now, k, first, min(first + self.block, hi))
        members = [self.value_time(now, k, lo, hi) if now.platform[k].live else None for k in range(2)]
        self.divide_attention(members, hi - lo)
        for k in range(2):
            if members[k] is not None and len(members[k]["rows"]):
                self.members[k].append(members[k]["rows"])
                self.live_on(now, k, members[k])
                if now.platform[1 - k].live:
                    self.be_dragged(now, k, members[k])

    def consider_joining(self, now, k, lo, hi):
        """Hazards of joining by oneself and by peers, of everybody in the block; members' are 0."""
        p, x, people, adoption = self.people.platforms[k], now.platform[k], self.people, self.s.tree["adoption"]
        share, value, peers, base = (a[: hi - lo] for a in self.scratch)
        here = slice(lo, hi)
        np.multiply(p.active[here], x.of_stock, out=peers)
        np.multiply(p.recent[here], adoption["recency_weight"], out=base)
        peers += base
        peers *= people.per_contact[here]
        p.recent[here] *= now.keep_recency  # joins of this tick are added after it
        peers *= p.invited[here]
        np.multiply(peers, x.by_peers, out=base)
        base += x.spontaneous
        np.multiply(p.active[here], people.per_contact[here], out=share)
        share *= p.imported[here]
        np.multiply(people.talk[here], x.conversation, out=value)
        value += x.feed
        value *= share
        value += p.taste[here]
        if x.ads:
            np.multiply(people.sensitivity[here], x.ads, out=share)
            value -= share
        np.subtract(adoption["reference_utility"] - x.base, value, out=value)
        value *= adoption["utility_gate"]
        np.exp(value, out=value)
        value += 1
        np.divide(base, value, out=value)
        value *= p.may_join[here]
        value *= 2
        self.draw_joins(k, lo, value, base, x.spontaneous)

    def draw_joins(self, k, lo, hazard, base, spontaneous):
        """16 random bits against a bound a little too high; the few below it are then drawn exactly."""
        n = len(hazard)
        bound, happens = self.below[:n], self.happens[:n]
        scaled = self.scratch[0][:n]
        np.multiply(hazard, STEPS, out=scaled)
        scaled += 1
        np.minimum(scaled, STEPS - 1, out=scaled)
        np.copyto(bound, scaled, casting="unsafe")
        bits = self.rng.bit_generator.random_raw(-(-n // 4)).view(np.uint16)[:n]
        np.less(bits, bound, out=happens)
        rows = np.flatnonzero(happens)
        chance = -np.expm1(-hazard[rows]) * STEPS / bound[rows]
        rows = rows[self.rng.random(len(rows), np.float32) < chance]
        by_self = self.rng.random(len(rows), np.float32) * base[rows] < spontaneous
        self.events[k]["join"].append((rows + lo, by_self))

    def value_time(self, now, k, lo, hi):
        """Members of the block: their state, and exp(utility with habit / nest parameter)."""
        p, x, people, utility = self.people.platforms[k], now.platform[k], self.people, self.s.tree["utility"]
        inside = np.flatnonzero(p.is_member[lo:hi])
        rows = inside + lo
        per_contact = gather(people.per_contact, rows)
        active = gather(p.active, rows)
        value = gather(people.talk, rows)
        value *= x.conversation
        value += x.feed
        reach = gather(p.unfound, rows)
        reach *= now.unfound
        np.subtract(1, reach, out=reach)
        reach *= active
        reach *= per_contact
        value *= reach
        value += gather(p.taste, rows)
        supply, irritation = gather(p.supply, rows), gather(p.irritation, rows)
        if x.broadcast:
            content = supply * (1 / utility["supply_scale"])
            np.log1p(content, out=content)
            content *= gather(people.quiet, rows)
            content *= x.broadcast
            value += content
        if x.irritating:
            nuisance = irritation + x.ads
            nuisance *= gather(people.sensitivity, rows)
            value -= nuisance
        habit = gather(p.habit, rows)
        value += habit * x.eta
        value += x.base
        value *= 1 / self.s.tree["attention"]["nest_parameter"]
        np.exp(value, out=value)
        return dict(inside=inside, rows=rows, active=active, supply=supply, irritation=irritation, habit=habit, weight=value)

    def divide_attention(self, members, n):
        """Turns weights into shares of the day: nested logit against the outside option."""
        tree = self.s.tree["attention"]
        total = np.zeros(n, np.float32)
        for m in filter(None, members):
            total[m["inside"]] += m["weight"]
        outside = np.exp(tree["outside_utility"])
        for m in filter(None, members):
            inclusive = gather(total, m["inside"])
            inside = np.log(inclusive)
            inside *= tree["nest_parameter"]
            np.exp(inside, out=inside)
            inclusive *= inside + outside
            inside /= inclusive
            m["weight"] *= inside

    def live_on(self, now, k, m):
        """Members: counting, habit, supply, irritation, and hazards of leaving and of meeting suppliers."""
        p, x, people, rows = self.people.platforms[k], now.platform[k], self.people, m["rows"]
        attention, habit, supply = m["weight"], m["habit"], m["supply"]
        m["minutes"] = gather(people.minutes, rows) * attention
        age = now.tick - gather(p.joined, rows)  # ticks: 1 for last tick's joiners
        self.count(k, m, age, x.dispersion)
        change = attention - habit
        change *= np.where(age < 1.5, 1, now.relax_habit).astype(np.float32)
        habit += change
        p.habit[rows] = habit
        change = gather(p.posted, rows)
        change -= supply
        change *= now.relax_supply
        supply += change
        p.supply[rows] = supply
        if x.irritating:
            p.irritation[rows] = m["irritation"] + now.relax_irritation * (x.irritation_target - m["irritation"])
        leave = self.leave_hazard(p, m, age)
        meet = gather(p.on_offer, rows)
        meet *= attention
        meet *= self.s.tree["following"]["organic_rate"] * self.s.dt
        clock = self.rng.standard_exponential(len(rows), np.float32)
        happens = np.flatnonzero(clock < leave + meet)
        clock, leave, meet, rows = clock[happens], leave[happens], meet[happens], rows[happens]
        gone = clock < leave
        self.events[k]["leave"].append((rows[gone],))
        self.events[k]["follow"].append((rows[~gone], (clock - leave)[~gone], meet[~gone]))

    def leave_hazard(self, p, m, age):
        """Hazard within the tick: constant, by disuse, by too few contacts left; 0 within the grace period."""
        tree, dt = self.s.tree["exit"], self.s.dt
        hazard = m["habit"] * (-1 / tree["disuse_share"])
        np.exp(hazard, out=hazard)
        hazard *= tree["disuse_churn"] / DAYS_PER_YEAR * dt
        hazard += tree["baseline_churn"] / DAYS_PER_YEAR * dt
        ever = gather(p.ever, m["rows"])
        few = ever >= tree["threshold_contacts"]
        ever *= gather(self.people.threshold, m["rows"])
        few &= m["active"] < ever
        hazard[few] += dt / duration(tree["threshold_delay"])
        age += 0.5 - duration(tree["grace"]) / dt
        np.clip(age, 0, 1, out=age)
        hazard *= age
        return hazard

    def count(self, k, m, age, dispersion):
        """Sums over members: members, attention, minutes, daily and monthly users, habit, irritation at the tick's start."""
        use = m["minutes"] * (1 / (self.s.tree["attention"]["session_length"] * dispersion))
        np.log1p(use, out=use)
        use *= -dispersion
        n = len(use)
        daily = n - np.exp(use).sum()
        use *= MONTH
        np.exp(use, out=use)
        use[(age - 0.5) * self.s.dt < MONTH] = 0  # who joined less than a month ago has used it
        sums = n, m["weight"].sum(), m["minutes"].sum(), daily, n - use.sum(), m["habit"].sum(), m["irritation"].sum()
        self.sums[k, :7] += sums

    def be_dragged(self, now, k, m):
        """Members of k who are pulled to the other platform by suppliers they follow here: to join it, or to follow them there."""
        there, x = self.people.platforms[1 - k], now.platform[1 - k]
        pull = gather(there.pull, m["rows"])
        some = np.flatnonzero(pull > 0)
        rows = m["rows"][some]
        strength = m["minutes"][some] * (now.platform[k].live * x.drag / self.s.tree["population"]["time_budget"])
        hazard = pull[some] * strength
        member = there.is_member[rows]
        hazard *= np.where(member, 1, self.s.tree["cross_promotion"]["install_friction"] * there.may_join[rows])
        clock = self.rng.standard_exponential(len(rows), np.float32)
        happens = np.flatnonzero(clock < hazard)
        self.events[1 - k]["drag"].append((rows[happens], clock[happens], hazard[happens], member[happens]))

    def choose(self, now, k):
        """What happens to whom on platform k, from the state before the tick: nothing is written yet."""
        rng, people, p, events = self.rng, self.people, self.people.platforms[k], self.events[k]
        drag, clock, hazard, member = columns(events["drag"], 4)
        joiner, by_self = columns(events["join"], 2)
        dragged = drag[~member]
        both = np.intersect1d(joiner, dragged, assume_unique=True)  # rare: one of the causes is picked
        first = rng.random(len(both)) < 0.5
        stay = ~np.isin(joiner, both[first], assume_unique=True)
        joiner, by_self = joiner[stay], by_self[stay]
        dragged = dragged[~np.isin(dragged, both[~first], assume_unique=True)]
        self.sums[k, 7:10] += by_self.sum(), len(joiner) - by_self.sum(), len(dragged)
        rows, gap, total = columns(events["follow"], 3)
        won = choose_slots(rng, rows, free_quality(people, k, rows), gap, total)
        rows, gap, total = drag[member], clock[member], hazard[member]
        won += choose_slots(rng, rows, free_pull(people, k, rows), gap, total)
        won += choose_slots(rng, dragged, free_pull(people, k, dragged), np.zeros(len(dragged), np.float32), np.zeros(len(dragged)))
        lost = choose_drops(rng, p.follows, np.concatenate(self.members[k]), self.s.tree["following"]["unfollow_rate"] * self.s.dt)
        return np.concatenate([joiner, dragged]), won, lost, columns(events["leave"], 1)[0]

    def change_status(self, now, k, joiner, won, lost, leaver):
        """Writes what was chosen; returns who joined for the first time, who came back, who left, and whose bits changed."""
        p, adoption = self.people.platforms[k], self.s.tree["adoption"]
        for rows, bits in won:
            p.follows[rows] |= bits
        for slot in range(8):  # a user may lose two
            p.follows[lost[0][lost[1] == 1 << slot]] &= 255 - (1 << slot)
        again = p.status[joiner] == 2
        p.status[joiner], p.is_member[joiner], p.may_join[joiner], p.joined[joiner] = 1, True, 0, now.tick
        p.unfound[joiner] = (1 - p.imported[joiner]) / now.unfound
        p.status[leaver], p.is_member[leaver], p.may_join[leaver] = 2, False, adoption["return_factor"]
        for array in (p.habit, p.supply, p.irritation, p.follows):
            array[leaver] = 0
        self.sums[k, 10] += len(leaver)
        return joiner[~again], joiner[again], leaver, np.concatenate([*(rows for rows, _ in won), lost[0], leaver])
