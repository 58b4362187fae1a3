#!/usr/bin/python3
"""Whether Spillway and its rivals (tests/bench/rival.py, tuned and --plain) tell one story, and whether this test could tell otherwise.

    tests/rival/agreement.py build/release/spillway

Both programs run the market of market.yaml with other seeds each; they share no random numbers, so their means agree within
sampling error or not. Every observable on every platform and date is compared by Welch's t at a family-wise false-alarm rate of
ALARM (Bonferroni). Then the rivals run markets that differ a little: each of these must be told apart from Spillway's.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

import h5py
import numpy as np
from scipy import stats

HERE = pathlib.Path(__file__).resolve().parent
RIVAL = HERE.parent / "bench" / "rival.py"
USERS, RUNS = 100_000, 12  # chosen: half a minute or so on two cores, and differences of a few per cent are seen
ALARM = 1e-3  # chosen: one false alarm in a thousand redraws of all the seeds
POWER = 0.9  # of the smallest difference that is reported
TICKS = [20, 60, 100, 140, 170, 200, 214]  # before and after WeChat, ads, suppliers' arrival and departure
AS_IT_IS = "as it is"
CHANGED = {  # what must be noticed, as a change of the rival's scenario
    "imitation 5 % faster": ["platforms.weibo.imitation_rate=1.575", "platforms.wechat.imitation_rate=1.575"],
    "no habit": ["habit.strength=0", "habit.friends_feed_strength=0"],
    "drag 20 % stronger": ["cross_promotion.drag_rate=0.042"],
}
PLAIN = {AS_IT_IS: 8, "drag 20 % stronger": 6}  # runs of the plain rival; chosen: the test stays under 90 s, and this change shows
STATES = {
    "members": "members", "daily": "daily_active_users", "monthly": "monthly_active_users", "minutes": "minutes_total",
    "attention_share": "attention_share", "mean_habit": "mean_habit", "mean_irritation": "mean_irritation",
}  # fmt: skip
FLOWS = ["joins_spontaneous", "joins_peer", "joins_drag", "exits"]


def call(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"agreement: {' '.join(map(str, command))}: {done.stderr.strip()}")
    return done.stdout


def refuses(program, change):
    """Whether the rival says that it does not model a changed scenario."""
    scenario = call(program, "check", HERE / "market.yaml", "--resolved", "--set", change)
    done = subprocess.run(["/usr/bin/python3", RIVAL, "-", "--users", "1000", "--ticks", "1"], input=scenario, capture_output=True, text=True)
    return done.returncode != 0 and "does not model" in done.stderr


def of_spillway(program, folder, seed):
    """Observables of one run, {name: (ticks, platforms)}; flows summed from the start."""
    out = folder / f"spillway-{seed}.h5"
    call(program, "run", HERE / "market.yaml", "--users", USERS, "--seed", seed, "--threads", 1, "-q", "-o", out)
    with h5py.File(out) as result:
        found = {name: result[path][()] for name, path in STATES.items()}
        flows = [*np.moveaxis(result["joins"][()], 2, 0), result["exits"][()].sum(axis=2)]
    return found | {name: flow.cumsum(axis=0) for name, flow in zip(FLOWS, flows)}


def of_rival(scenario, folder, seed, *words):
    out = folder / f"{scenario.stem}-{seed}{''.join(words)}.npz"
    threads = 1 + seed % 2  # both ways must agree
    call("/usr/bin/python3", RIVAL, scenario, "--users", USERS, "--seed", seed, "--threads", threads, "--output", out, *words)
    with np.load(out) as result:
        return {name: result[name] for name in STATES} | {name: result[name].cumsum(axis=0) for name in FLOWS}


def compare(one, two):
    """Rows (what, relative difference of `two`, t over its critical value, difference seen with POWER) of all that varies."""
    cells = []
    for name in one[0]:
        a, b = (np.array([run[name][TICKS] for run in runs]) for runs in (one, two))
        for t, k in np.ndindex(a.shape[1:]):
            x, y = a[:, t, k], b[:, t, k]
            if np.isfinite(x).all() and np.isfinite(y).all() and x.std() > 0:
                cells.append((f"{name} on {'weibo' if k == 0 else 'wechat'} in tick {TICKS[t]}", x, y))
    rows = []
    for what, x, y in cells:
        vx, vy = x.var(ddof=1) / len(x), y.var(ddof=1) / len(y)
        freedom = (vx + vy) ** 2 / (vx**2 / (len(x) - 1) + vy**2 / (len(y) - 1))
        critical = stats.t.isf(ALARM / 2 / len(cells), freedom)
        error, difference = np.sqrt(vx + vy), y.mean() - x.mean()
        rows.append((what, difference / x.mean(), difference / error / critical, (critical + stats.t.ppf(POWER, freedom)) * error / x.mean()))
    return rows


def report_power(rival, rows, every):
    for what, difference, ratio, seen in rows if every else []:
        print(f"  {rival}: {what:50} {difference:+8.2%}  {ratio:+.2f} of the bound; {seen:.1%} would be seen")
    seen = sorted(row[3] for row in rows)
    print(f"{rival}: a difference of {seen[0]:.2%} is seen where runs vary least, of {seen[len(seen) // 2]:.1%} in the median (power {POWER:.0%})")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("spillway")
    parser.add_argument("--all", action="store_true", help="print every comparison")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(2) as two:
        folder = pathlib.Path(scratch)
        scenarios = {}
        for i, (name, sets) in enumerate({AS_IT_IS: [], **CHANGED}.items()):
            scenarios[name] = folder / f"market{i}.yaml"
            words = [word for change in sets for word in ("--set", change)]
            scenarios[name].write_text(call(options.spillway, "check", HERE / "market.yaml", "--resolved", *words))
        theirs = {(n, "tuned"): [two.submit(of_rival, path, folder, 1000 + r) for r in range(RUNS if n == AS_IT_IS else RUNS // 2)] for n, path in scenarios.items()}
        theirs |= {(n, "plain"): [two.submit(of_rival, scenarios[n], folder, 2000 + r, "--plain") for r in range(runs)] for n, runs in PLAIN.items()}
        ours = [two.submit(of_spillway, options.spillway, folder, 1 + r) for r in range(RUNS)]
        ours = [run.result() for run in ours]
        tables = {name: compare(ours, [run.result() for run in runs]) for name, runs in theirs.items()}
    bad = [] if refuses(options.spillway, "contacts.kind=mixing") else ["contacts.kind=mixing, which the rivals do not model"]
    for (market, rival), rows in tables.items():
        worst = max(rows, key=lambda row: abs(row[2]))
        beyond = sum(abs(row[2]) > 1 for row in rows)
        if (beyond == 0) != (market == AS_IT_IS):
            bad.append(f"{market}, {rival} rival")
        print(f"{market}, {rival}: {beyond} of {len(rows)} comparisons differ; widest: {worst[0]}, {worst[1]:+.1%}, {abs(worst[2]):.2f} of the bound")
    for rival in ("tuned", "plain"):
        report_power(rival, tables[AS_IT_IS, rival], options.all)
    for name in bad:
        print(f"agreement: {'the programs differ: ' if name.startswith(AS_IT_IS) else 'not noticed: '}{name}", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
