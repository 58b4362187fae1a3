"""Runs that are measured: the program, its rival, and the machine's copy bandwidth. Each gives a Sample."""

import dataclasses
import datetime
import json
import os
import pathlib
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


def knows_option(bench, option):
    return option in _finish([bench.program, "run", "--help"])[0]
