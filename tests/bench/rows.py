"""The table of what is measured: one Row per row of the result. A row is a ratio of two or more sides that are measured in turn."""

import dataclasses
import typing

import runs
from runs import MIDDLE, Bench, Sample


@dataclasses.dataclass(frozen=True)
class Profile:
    """How large and how often."""

    name: str
    users: int          # of the row on history
    ticks: int          # of the same row, from the start of history
    sizes: tuple        # of users, for the row on sizes; the last one also for the build
    compared: tuple     # users and replicates of the row on comparisons
    swept: tuple        # number, users and ticks of the row on small runs; how many of them are run bare
    study_users: int    # of the shipped study whose time is foretold
    rival_users: int
    rival_ticks: int
    repetitions: int
    rival_repetitions: int
    judged: bool = True  # the bars are for these sizes


ALL_TICKS = 386  # weekly ticks of scenarios/history.yaml
PROFILES = {p.name: p for p in (
    Profile("quick", 100_000, 104, (100_000, 1_000_000), (10_000, 2), (50, 5_000, 52, 10), 5_000, 20_000, 52, 1, 1, judged=False),
    Profile("standard", 10_000_000, ALL_TICKS, (100_000, 1_000_000, 10_000_000), (1_000_000, 8), (1000, 20_000, 52, 200), 100_000, 1_000_000, ALL_TICKS, 3, 1),
    Profile("full", 10_000_000, ALL_TICKS, (100_000, 1_000_000, 10_000_000, 100_000_000), (1_000_000, 8), (1000, 20_000, 52, 200), 100_000, 1_000_000, ALL_TICKS, 3, 3),
)}


@dataclasses.dataclass(frozen=True)
class Side:
    label: str
    measure: typing.Callable[[Bench], Sample]
    fixed: bool = False  # does not depend on the program, so --compare leaves it out


@dataclasses.dataclass(frozen=True)
class Row:
    name: str
    title: str
    unit: str                                    # of the sides' values
    sides: tuple
    ratio: typing.Callable[[list], float]        # of the sides' values
    ratio_title: str
    judged: str                                  # "ratio" or "value" (of the first side): what the bar holds
    bar: float
    stretch: float
    at_least: bool = False                       # the bar is a floor, not a ceiling
    option: str | None = None                    # of `spillway run`, without which the row cannot be measured
    repetitions: int = 0                         # instead of the profile's


def short(number):
    """100 k, 1 M, 10 M."""
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if number >= size:
            return f"{number / size:g} {letter}"
    return f"{number:g}"


def farther_apart(values):
    return max(values[0] / values[1], values[1] / values[0])


def first_over_second(values):
    return values[0] / values[1]


def second_over_first(values):
    return values[1] / values[0]


def worst_over_best(values):
    return max(values) / min(values)


# Every mechanism on and every column there, whatever the defaults are.
EVERYTHING = ("cross_promotion.drag_rate=0.035 /d", "adoption.recency_weight=0.3", "adoption.return_factor=0.2", "exit.disuse_churn=2 /y",
              "exit.threshold_delay=60 d", "ad_response.stock_nuisance=0.7", "suppliers.slots=8", "habit.strength=1.5",
              "social_currency.sharing=0.05 /d", "voice.complaint_rate=0.01 /d", "utility.service_accounts=0.3")
# Mechanisms that a scenario may leave out, each by the keys that do.
SWITCHES = {"adaptive suppliers": ("suppliers.behaviour=fixed",), "voice": ("voice.complaint_rate=0",),
            "service accounts": ("utility.service_accounts=0",)}
STUDY = "scenarios/sweeps/ad_load_by_ban.yaml"
RECORDING_ON = ("record.every=7 d", "record.panel.users=10000")
RECORDING_OFF = ("record.every=3654 d",)  # one row in all


def _speed(users, sets=(), threads=None, scenario=runs.SCENARIO):
    return lambda bench: runs.program(bench, users, sets, threads, scenario=scenario).per_user_tick()


def _after_build(users, sets):
    """Wall seconds of everything but the build: ticks, recording, and writing the file to its end."""
    def measure(bench):
        run = runs.program(bench, users, sets)
        return run.sample(run.wall - run.build)
    return measure


def _build_seconds(users):
    return lambda bench: Sample(runs.program(bench, users, runs.first_ticks(1)).build)


def _tick_seconds(users):
    def measure(bench):
        run = runs.program(bench, users, MIDDLE)
        return run.sample(run.run / run.ticks)
    return measure


def _saving(users, seconds):
    """Saves the state before the last tick of MIDDLE, so that the process must wait for the disk before it ends."""
    return lambda bench: Sample(seconds(runs.program(bench, users, MIDDLE, options=("--save-state", "2013-06-25"))))


def _bytes(users, sets=(), resident=False):
    """By the program's own count, or the whole process as the system saw it at its largest."""
    def measure(bench):
        run = runs.program(bench, users, (*runs.first_ticks(1), *sets))
        return Sample(run.resident_bytes / run.users if resident else run.bytes_per_user)
    return measure


def rows(p, threads):
    """The rows of a profile on so many threads, in the order in which they are measured and printed."""
    history, largest, ticks = runs.first_ticks(p.ticks), p.sizes[-1], p.rival_ticks
    def against_rival(name, title, t, plain):
        return Row(name, title, "ns", (
            Side("Spillway", _speed(p.rival_users, runs.first_ticks(ticks), t, runs.RIVAL_SCENARIO)),
            Side("NumPy/SciPy", lambda bench: runs.rival(bench, p.rival_users, ticks, t, plain), fixed=True)),
            second_over_first, "times as fast", "ratio", 20, 60, at_least=True, repetitions=p.rival_repetitions)
    table = [
        Row("history", f"ns per user-tick, {short(p.users)} users, {threads} threads, against copying the same bytes", "ns", (
            Side("measured", _speed(p.users, history)),
            Side(f"copied on {threads} threads", lambda bench: runs.copy_floor(bench, threads), fixed=True),
            Side("copied on one", lambda bench: runs.copy_floor(bench, 1), fixed=True)),
            first_over_second, "times the copy", "value", 10, 5),
        Row("threads", f"{threads} threads over 1, {short(p.users)} users", "ns", (
            Side(f"{threads} threads", _speed(p.users, MIDDLE)), Side("1 thread", _speed(p.users, MIDDLE, 1))),
            second_over_first, "times as fast", "ratio", 0.9 * threads, 0.975 * threads, at_least=True),
        Row("sizes", "ns per user-tick by size", "ns", tuple(Side(short(n), _speed(n, MIDDLE)) for n in p.sizes),
            worst_over_best, "worst over best", "ratio", 1.5, 1.2),
        Row("bytes", "bytes per user, default mechanisms", "bytes", (
            Side("counted", _bytes(p.users)), Side("resident", _bytes(p.users, resident=True))),
            second_over_first, "resident over counted", "value", 32, 24, repetitions=1),
        Row("bytes_everything", "bytes per user, everything on", "bytes", (
            Side("everything", _bytes(p.users, EVERYTHING)), Side("default", _bytes(p.users))),
            first_over_second, "everything over default", "value", 40, 32, repetitions=1),
        *(Row(f"without_{name.replace(' ', '_')}", f"ns per user-tick without {name}, {short(p.users)} users", "ns", (
            Side("without", _speed(p.users, (*MIDDLE, *sets))), Side("with", _speed(p.users, MIDDLE))),
            first_over_second, "of the time", "ratio", 1.0, 0.9) for name, sets in SWITCHES.items()),
        Row("recording", f"recording on over off (weekly series, panel of 10 k), {short(p.users)} users", "s", (
            Side("on", _after_build(p.users, (*history, *RECORDING_ON))), Side("off", _after_build(p.users, (*history, *RECORDING_OFF)))),
            first_over_second, "times as long", "ratio", 1.05, 1.02),
        Row("build", f"population build of {short(largest)} users, in ticks", "s", (
            Side("build", _build_seconds(largest)), Side("a tick", _tick_seconds(largest))),
            first_over_second, "ticks", "ratio", 5, 2),
        Row("save", f"saving the state of {short(p.users)} users, in ticks", "s", (
            Side("the run waits", _saving(p.users, lambda run: run.number("seconds_saving"))), Side("a tick", _tick_seconds(p.users)),
            Side("last tick to end of process", _saving(p.users, lambda run: run.wall - run.build - run.run))),
            first_over_second, "ticks", "ratio", 3, 1, option="--save-state"),
        Row("compare", f"history against no_ban, {short(p.compared[0])} users, {p.compared[1]} replicates, past shared", "s", (
            Side("compare", lambda bench: runs.compared(bench, *p.compared)),
            Side("separate runs", lambda bench: runs.one_by_one(bench, *p.compared))),
            first_over_second, "of the time", "ratio", 0.75, 0.65, repetitions=1),
        Row("sweep", f"{p.swept[0]} runs of {short(p.swept[1])} users, {p.swept[2]} ticks, as a study", "s", (
            Side("sweep run", lambda bench: runs.small_sweep(bench, *p.swept[:3])),
            Side("bare runs", lambda bench: runs.bare_runs(bench, *p.swept))),
            first_over_second, "times as long", "ratio", 1.10, 1.03),
        Row("sweep_foretold", f"{STUDY}, {short(p.study_users)} users: time foretold and taken", "s", (
            Side("foretold", lambda bench: runs.study_foretold(bench, STUDY, p.study_users)),
            Side("taken", lambda bench: runs.study_taken(bench, STUDY, p.study_users))),
            farther_apart, "apart", "ratio", 1.25, 1.10, repetitions=1),
        against_rival("rival_one", f"the same model in NumPy/SciPy, {short(p.rival_users)} users, one thread each", 1, True),
        against_rival("rival_best", "the same, both on two cores", 2, True),
        against_rival("tuned_rival_one", "NumPy with our own shortcuts: members gathered, events, thinned draws; one thread each", 1, False),
        against_rival("tuned_rival_best", "the same, both on two cores", 2, False),
    ]
    return [row for row in table if threads > 1 or row.name not in ("threads", "rival_best", "tuned_rival_best")]
