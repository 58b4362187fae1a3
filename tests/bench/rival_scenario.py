"""The numbers of a resolved scenario, as one tick of the rival needs them.

The rival (rival.py) reads what `spillway check FILE --resolved` prints, or what a result file keeps of it, so that no number of
the model is copied by hand. What the rival does not model it refuses.
"""
import datetime
import math
import sys
from types import SimpleNamespace

import numpy as np
import yaml

DAYS_PER_YEAR = 365.25
PULSE_DAYS = 14.0  # launch_pulse acts that long: sim/mechanisms/policies.cpp
LEAST_REACH = 0.1  # floor of relative reach in effort: sim/build/suppliers.cpp


def read_text(source):
    """YAML of a resolved scenario: from standard input ('-'), a YAML file or an HDF5 result."""
    if source == "-":
        return sys.stdin.read()
    if source.endswith(".h5"):
        import h5py

        with h5py.File(source) as result:
            return result["provenance/scenario_resolved"].asstr()[()]
    with open(source, encoding="utf-8") as file:
        return file.read()


def duration(value):
    """Days: '7 d' or a bare number as the resolved scenario writes them; 'never' is infinite."""
    if isinstance(value, str):
        return math.inf if value == "never" else float(value.removesuffix(" d"))
    return float(value)


def known(path):
    """Whether an intervention's path is a policy of a platform that this program reads."""
    policies = ("utility", "weight", "rate", "import", "mirroring", "dispersion", "shock", "ads.load", "ads.per_minute", "ads.price",
                "sellers.presence", "sellers.effort")
    return path.startswith("platforms.") and not path.endswith("reward_rate") and path.endswith(policies)


def refuse_others(s):
    """Ends with one line that names what this program does not model."""
    platforms = s["platforms"].values()
    changed = [path for i in s["interventions"].values() for path in {**i.get("set", {}), **i.get("ramp", {})}]
    fixed = ("contact_import", "mirroring", "session_dispersion")  # kept in arrays, or not at all
    asked = {
        "platforms: other than two": len(s["platforms"]) != 2,
        "population.segments": bool(s["population"]["segments"]),
        "contacts.kind other than implicit": s["contacts"]["kind"] != "implicit",
        "adoption.contagion_exponent other than 1": s["adoption"]["contagion_exponent"] != 1,
        "adoption.global_reach": s["adoption"]["global_reach"] != 0,
        "utility.fame": s["utility"]["fame"] != 0,
        "suppliers.behaviour other than fixed": s["suppliers"]["behaviour"] != "fixed",
        "suppliers.media, suppliers.brand": s["suppliers"]["media"]["share"] != 0 or s["suppliers"]["brand"]["share"] != 0,
        "voice.complaint_rate": s["voice"]["complaint_rate"] != 0,
        "social_currency.sharing": s["social_currency"]["sharing"] != 0,
        "adoption.homing other than multi": s["adoption"]["homing"] != "multi",
        "attention.competition other than nested": s["attention"]["competition"] != "nested",
        "cross_promotion.channels that do not sum to 1": abs(sum(s["cross_promotion"]["channels"].values()) - 1) > 1e-6,
        "bans, qr_codes, rewards": any(p["ban"]["strictness"] or p["qr_codes"] != 1 or p["reward"] or p["reward_rate"] for p in platforms),
        "interventions on them or on the marketplace": any(not known(path) for path in changed),
        "no suppliers": s["suppliers"]["per_user"] == 0 and s["suppliers"]["count"] == 0,
        "time.step above 7 d": duration(s["time"]["step"]) > 7,
        "initial_share": any(p["initial_share"] for p in platforms),
        "mirroring": any(p["mirroring"] for p in platforms),
        "session_dispersion never": any(duration(p["session_dispersion"]) == math.inf for p in platforms),
        "interventions on " + ", ".join(fixed): any(path.split(".", 2)[-1] in fixed for path in changed),
    }
    for what, used in asked.items():
        if used:
            sys.exit(f"rival: the scenario uses '{what}', which this program does not model; use spillway")


def flat(tree, prefix=""):
    """{'ads.load': 0.0, ...} of a platform's nested settings; numbers only."""
    found = {}
    for key, value in tree.items():
        if isinstance(value, dict):
            found.update(flat(value, f"{prefix}{key}."))
        elif isinstance(value, (int, float)):
            found[prefix + key] = float(value)
    return found


class Timeline:
    """One policy over time (days): the latest change that has begun and is not over decides. See sim/model/policy.cpp."""

    def __init__(self, initial):
        self.initial, self.changes = initial, []

    def add(self, on, until, value, ramp):
        self.changes.append((on, until, self.at(on) if ramp else value, value, ramp))

    def at(self, t):
        for on, until, start, end, ramp in reversed(self.changes):
            if t < on:
                continue
            if ramp:
                return end if t >= until else start + (end - start) * (t - on) / (until - on)
            if t < until:
                return end
        return self.initial

    def mean(self, t, dt):
        cuts = sorted({t, t + dt, *(c for change in self.changes for c in change[:2] if t < c < t + dt)})
        return sum(self.at((a + b) / 2) * (b - a) for a, b in zip(cuts, cuts[1:])) / dt


class Scenario:
    """A resolved scenario with dates as days from its start; `users` and `seed` replace the file's where given."""

    def __init__(self, source, users=None, seed=None):
        self.tree = yaml.safe_load(read_text(source))
        if not isinstance(self.tree, dict):
            sys.exit(f"rival: no scenario in '{source}'; give what `spillway check FILE --resolved` prints")
        for change in self.tree["interventions"].values():
            change["on"] = change.pop(True, None) or change["on"]  # YAML 1.1 reads the key `on` as true
        refuse_others(self.tree)
        time = self.tree["time"]
        self.start, self.dt = time["start"], duration(time["step"])
        self.ticks = int(self.day(time["end"]) / self.dt + 1e-9) + 1
        if self.ticks * self.dt > 80 * duration(self.tree["adoption"]["rediscovery_time"]):
            sys.exit("rival: adoption.rediscovery_time is too short for float32 over this time; use spillway")
        self.users = int(users or self.tree["population"]["users"])
        self.seed = int(self.tree["seed"] if seed is None else seed)
        self.names = list(self.tree["platforms"])
        points = self.tree["population"]["people"]["points"]
        self.people = np.array([[self.day(date), count] for date, count in points.items()], float)
        self.people_per_agent = self.people[:, 1].max() / self.users
        suppliers = self.tree["suppliers"]
        self.supplier_count = int(suppliers["count"] or max(1, int(suppliers["per_user"] * self.users)))
        self.timelines = self.make_timelines()

    def day(self, date):
        date = date if isinstance(date, datetime.date) else datetime.date.fromisoformat(str(date))
        return float((date - self.start).days)

    def make_timelines(self):
        lines = [{key: Timeline(value) for key, value in flat(p).items()} for p in self.tree["platforms"].values()]
        for _, change in sorted(self.tree["interventions"].items(), key=lambda item: (item[1]["on"], item[0])):
            on, until = self.day(change["on"]), self.day(change["until"]) if "until" in change else math.inf
            for kind in ("set", "ramp"):
                for path, value in change.get(kind, {}).items():
                    _, name, policy = path.split(".", 2)
                    lines[self.names.index(name)][policy].add(on, until, value, kind == "ramp")
        return lines

    def online(self, tick):
        """Users online at the tick's start: straight lines between points, the first one continued backwards."""
        t, (days, people) = tick * self.dt, self.people.T
        now = np.interp(t, days, people)
        if t < days[0] and len(days) > 1:
            now = people[0] + (people[1] - people[0]) * (t - days[0]) / (days[1] - days[0])
        return int(min(math.floor(now / self.people_per_agent + 0.5), self.users))


def relaxation(dt, memory):
    return 1 - math.exp(-dt / memory) if memory > 0 else 1.0


def overlap(a0, a1, b0, b1):
    return max(0.0, min(a1, b1) - max(a0, b0))


def shared_numbers(s, tick):
    """Numbers of a tick that both platforms share."""
    tree, dt, t = s.tree, s.dt, tick * s.dt
    age = t + dt / 2 - s.day(tree["utility"]["sms_saving_start"])
    memory = duration(tree["adoption"]["recency_memory"])
    return SimpleNamespace(
        tick=tick,
        relax_habit=relaxation(dt, duration(tree["habit"]["memory"])),
        relax_irritation=relaxation(dt, duration(tree["ad_response"]["irritation_memory"])),
        relax_supply=relaxation(dt, duration(tree["following"]["supply_memory"])),
        keep_recency=1 - relaxation(dt, memory),
        recency_step=memory / dt * relaxation(dt, memory),
        unfound=math.exp(-(t + dt / 2) / duration(tree["adoption"]["rediscovery_time"])),
        saving=1.0 if age <= 0 else math.exp(-age / duration(tree["utility"]["sms_saving_memory"])),
    )


def platform_numbers(s, k, now, share, share_before):
    """Numbers of platform k in a tick; `share`: members over people online now and one tick ago."""
    tree, dt, t = s.tree, s.dt, now.tick * s.dt
    p = {key: line.mean(t, dt) if line.changes else line.initial for key, line in s.timelines[k].items()}
    utility, adoption, ads = tree["utility"], tree["adoption"], tree["ad_response"]
    launch = s.day(tree["platforms"][s.names[k]]["launch"])
    exposed = min(max(t + dt - launch, 0.0), dt)
    growth = min(max(math.sqrt(share / share_before), 0.5), 2.0) if share > 0 and share_before > 0 else 1.0
    live = t + dt > launch
    pulse = p["launch_pulse"] * overlap(t, t + dt, launch, launch + PULSE_DAYS)
    spontaneous = p["innovation_rate"] / DAYS_PER_YEAR * exposed + pulse
    by_peers = p["imitation_rate"] / DAYS_PER_YEAR * exposed
    if 2 * (spontaneous + 2 * (1 + adoption["invite_boost"]) * by_peers) >= 1:  # gate and peers' growth are at most 2
        sys.exit("rival: joining is too fast for its draws of 16 bits; use spillway, or a shorter time.step")
    return SimpleNamespace(
        live=live,
        base=p["intrinsic_utility"] + p["utility_shock"],
        conversation=p["conversation_weight"] * (utility["conversation"] + utility["sms_saving"] * now.saving),
        feed=p["friends_feed_weight"] * utility["friends_feed"],
        broadcast=p["broadcast_weight"] * utility["supply"],
        ads=ads["flow_nuisance"] * p["ads.load"],
        irritation_target=ads["stock_nuisance"] * p["ads.load"],
        eta=tree["habit"]["strength"] + tree["habit"]["friends_feed_strength"] * p["friends_feed_weight"],
        dispersion=p["session_dispersion"],
        spontaneous=spontaneous,
        by_peers=by_peers,
        of_stock=(1 - adoption["recency_weight"]) * growth,
        presence=p["sellers.presence"] if live else 0.0,
        effort=p["sellers.effort"],
        drag=tree["cross_promotion"]["drag_rate"] * tree["cross_promotion"]["push_ceiling"] * exposed,
    )


def zipf_weight(s, rank):
    """Chance of a 1-based rank in the draw of slots, up to a factor."""
    power = 1 - s.tree["suppliers"]["popularity_exponent"]
    return np.log((rank + 1) / rank) if power == 0 else ((rank + 1) ** power - rank**power) / power


def supplier_quality_and_effort(s):
    """Quality and effort at policy 1 of each supplier, float32 of shape (J,)."""
    suppliers, count = s.tree["suppliers"], s.supplier_count
    weight = zipf_weight(s, np.arange(1.0, count + 1))
    raw = np.maximum(weight / weight[count // 2], LEAST_REACH) ** suppliers["effort_audience_elasticity"]
    quality = np.where(np.arange(count) < int(suppliers["celebrity"]["share"] * count), suppliers["celebrity"]["quality"], 1.0)
    effort = raw / (np.sum(weight * quality * raw) / np.sum(weight))
    return quality.astype(np.float32), effort.astype(np.float32)
