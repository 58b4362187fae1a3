"""Runs that are measured: the program, its rival, and the machine's copy bandwidth. Each gives a Sample."""

import concurrent.futures
import dataclasses
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time

import machine

SCENARIO = "scenarios/history.yaml"
RIVAL_SCENARIO = "tests/bench/rival_history.yaml"  # what the rivals model of it
START, END = datetime.date(2009, 8, 14), datetime.date(2016, 12, 31)  # the scenario's own
PYTHON = "/usr/bin/python3"  # the one that Debian's NumPy and SciPy belong to
DAY, WEEK = datetime.timedelta(days=1), datetime.timedelta(days=7)

# Half a year in which both platforms are open, for sizes too large for the whole history. A tenth of all people are members from
# the start: chosen, because then status changes per user-tick (0.045) come closest to those of the whole history (0.041).
MIDDLE = ("time.start=2013-01-01", "time.end=2013-06-30", "platforms.weibo.initial_share=0.1", "platforms.wechat.initial_share=0.1")


class CannotRun(Exception):
    """Why a run could not be done, in one line."""


@dataclasses.dataclass(frozen=True)
class Sample:
    """One measurement; the two rates are per second, 0 where nothing was counted."""

    value: float
    decided: float = 0.0
    contacts: float = 0.0


@dataclasses.dataclass
class Bench:
    """The program to measure, and what is learned on the way."""

    program: pathlib.Path
    copy_program: pathlib.Path
    scratch: pathlib.Path
    threads: int
    copies: list = dataclasses.field(default_factory=list)  # GB/s on all threads, each time it was measured
    model_version: str = ""


def _finish(command, **options):
    """Runs a command; returns (stdout, wall seconds, peak resident bytes). Raises CannotRun with what it said."""
    start = time.monotonic()
    with tempfile.TemporaryFile("w+") as errors:
        with subprocess.Popen([str(c) for c in command], cwd=machine.ROOT, stdout=subprocess.PIPE, stderr=errors, text=True,
                              **options) as process:
            output = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)  # and not wait(): this one knows the memory of this very process
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - start
        if process.returncode != 0:
            errors.seek(0)
            said = errors.read().strip().splitlines() or [f"exit code {process.returncode}"]
            which = -1 if said[0].startswith("Traceback") else 0  # Python says last what others say first
            raise CannotRun(f"{pathlib.Path(command[0]).name}: {said[which]}")
    return output, seconds, usage.ru_maxrss * 1024


@dataclasses.dataclass(frozen=True)
class Run:
    """What one run of the program said of itself. Seconds."""

    users: int
    ticks: float
    wall: float
    build: float
    run: float
    bytes_per_user: float
    resident_bytes: float
    timing: dict

    def number(self, key):
        return float(self.timing[key])

    def sample(self, value):
        def rate(key):
            return self.number(key) / self.run if key in self.timing and self.run > 0 else 0.0

        return Sample(value, rate("decided"), rate("contact_updates"))

    def per_user_tick(self):
        return self.sample(self.run * 1e9 / (self.users * self.ticks))


def program(bench, users, sets=(), threads=None, options=(), scenario=SCENARIO):
    """One run of the program on the historical scenario (or another) with some keys set."""
    command = [bench.program, "run", scenario, "-o", bench.scratch / "run.h5", "--force", "--json", "-q", "--users", int(users),
               "--threads", threads or bench.threads, *options]
    for text in sets:
        command += ["--set", text]
    output, wall, resident = _finish(command)
    said = json.loads(output)
    timing = said["timing"]
    bench.model_version = said["model_version"]
    seconds = float(timing["seconds_run"])
    ticks = seconds * 1e9 / max(float(timing["ns_per_user_tick"]), 1e-9) / users
    if "user_ticks" in timing:  # exact; older programs give the speed only
        ticks = float(timing["user_ticks"]) / users
    return Run(int(said["agents"]), ticks, wall, float(timing["seconds_build"]), seconds, float(said["bytes_per_user"]), resident, timing)


def first_ticks(ticks):
    """Keys for the first weekly ticks of history; its last day is part of a run."""
    return (f"time.end={min(START + WEEK * ticks - DAY, END).isoformat()}",)


def copy_bandwidth(bench, threads):
    """GB/s, bytes read and bytes written both counted."""
    speed = float(_finish([bench.copy_program, threads])[0])
    if threads == bench.threads:
        bench.copies.append(speed)
    return speed


def copy_floor(bench, threads):
    """ns per user-tick if memory alone decided: bytes that a tick moves over the copy bandwidth."""
    moved = program(bench, 100_000, first_ticks(1)).number("bytes_moved_per_user")
    return Sample(moved / copy_bandwidth(bench, threads))


def rival(bench, users, ticks, threads, plain):
    """ns per user-tick of the same model in NumPy and SciPy, fed with the scenario that the program resolves; `plain` as a
    researcher would write it well, else tuned as far as NumPy goes."""
    script = machine.ROOT / "tests/bench/rival.py"
    if not script.exists():
        raise CannotRun("tests/bench/rival.py is not there")
    scenario = bench.scratch / "resolved.yaml"
    scenario.write_text(_finish([bench.program, "check", RIVAL_SCENARIO, "--resolved"])[0])
    environment = {**os.environ, **{f"{library}_NUM_THREADS": str(threads) for library in ("OMP", "OPENBLAS", "MKL")}}
    output, _, _ = _finish([PYTHON, script, scenario, "--users", int(users), "--ticks", ticks, "--threads", threads,
                            *(["--plain"] if plain else [])], env=environment)
    said = json.loads(output.strip().splitlines()[-1])
    seconds = said["seconds"]
    return Sample(seconds * 1e9 / (said["users"] * said["ticks"]), said["decided"] / seconds, said["contacts_read"] / seconds)


def compared(bench, users, replicates):
    """Wall seconds of history against no_ban, whose past is shared until November 2014."""
    return Sample(_finish([bench.program, "compare", SCENARIO, "scenarios/no_ban.yaml", "--users", int(users), "--replicates", replicates,
                           "--threads", bench.threads, "-q", "--force", "-o", bench.scratch / "compared.h5"])[1])


def one_by_one(bench, users, replicates):
    """Wall seconds of the same runs, each by itself."""
    return Sample(sum(program(bench, users, (f"replicate={r}",), scenario=scenario).wall
                      for scenario in (SCENARIO, "scenarios/no_ban.yaml") for r in range(replicates)))


SMALL_STUDY = """\
scenario: {scenario}
set: {{population.users: {users}, time.end: {end}}}
levers:
  platforms.weibo.ads.load: {{uniform: [0, 0.3]}}
uncertainties:
  habit.memory: {{uniform: [7 d, 60 d]}}
design: {{latin_hypercube: {{samples: {runs}}}}}
outcomes: [monthly_active_users.weibo@end, attention_share.weibo.mean]
"""


def sweep_end(ticks):
    return (START + WEEK * ticks - DAY).isoformat()


def small_sweep(bench, count, users, ticks):
    """Wall seconds of `sweep run` of so many small runs, planned before; records and gathering included."""
    study, folder = bench.scratch / "small.yaml", bench.scratch / "small"
    study.write_text(SMALL_STUDY.format(scenario=machine.ROOT / SCENARIO, users=users, end=sweep_end(ticks), runs=count))
    shutil.rmtree(folder, ignore_errors=True)
    _finish([bench.program, "sweep", "plan", study, "-o", folder, "--no-trial"])
    return Sample(_finish([bench.program, "sweep", "run", study, "-o", folder, "--threads", bench.threads, "-q"])[1])


def bare_runs(bench, count, users, ticks, looked_at):
    """Seconds that building and ticking so many of these runs takes, as many side by side as there are threads, by what some of
    them, spread over the keys' ranges, say of themselves: neither the start of a program nor its files are in it."""
    def command(i):
        share = (i + 0.5) / looked_at
        return [str(c) for c in (bench.program, "run", SCENARIO, "-o", bench.scratch / f"bare-{i}.h5", "--force", "--json", "-q", "--threads", 1,
                                 "--users", users, "--set", f"time.end={sweep_end(ticks)}", "--set", f"platforms.weibo.ads.load={0.3 * share}",
                                 "--set", f"habit.memory={7 + 53 * share} d")]
    with concurrent.futures.ThreadPoolExecutor(bench.threads) as pool:
        said = [json.loads(output) for output, _, _ in pool.map(lambda i: _finish(command(i)), range(looked_at))]
    bench.model_version = said[0]["model_version"]
    mean = sum(float(run["timing"]["seconds_build"]) + float(run["timing"]["seconds_run"]) for run in said) / looked_at
    return Sample(mean * count / bench.threads)


def study_foretold(bench, study, users):
    """Seconds that `sweep plan` foretells for a study; the folder is left for study_taken."""
    folder = bench.scratch / "study"
    shutil.rmtree(folder, ignore_errors=True)
    said = json.loads(_finish([bench.program, "sweep", "plan", study, "-o", folder, "--json", "--threads", bench.threads,
                               "--set", f"population.users={users}"])[0])
    bench.model_version = said["model_version"]
    return Sample(said["seconds"])


def study_taken(bench, study, users):
    return Sample(_finish([bench.program, "sweep", "run", study, "-o", bench.scratch / "study", "--threads", bench.threads, "-q",
                           "--set", f"population.users={users}"])[1])


def knows_option(bench, option):
    return option in _finish([bench.program, "run", "--help"])[0]
