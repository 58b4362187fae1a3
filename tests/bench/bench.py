"""Measures how fast Spillway is and prints one table. Called by scripts/bench, which builds first.

Each row is a ratio of sides measured in turn on this machine; medians, with the extremes where they differ by more than a tenth.
Results are appended to tests/bench/history; those of --quick, of changed sources and of --compare are only printed.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

import history
import machine
import measure
import rows
import runs
import table


def say(text):
    print(text, file=sys.stderr, flush=True)


class Unusable(Exception):
    """What was asked for cannot be done; one line says why and what to do."""


def options():
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", dest="profile", action="store_const", const="quick", help="small sizes, once: to see that it works")
    size.add_argument("--full", dest="profile", action="store_const", const="full", help="also 100 million users; takes 4 GB of memory")
    parser.add_argument("--row", metavar="NAME", action="append", help="only this row; may be repeated")
    parser.add_argument("--threads", type=int, default=machine.cores(), help="default: all cores")
    parser.add_argument("--repetitions", type=int, help="instead of the profile's number")
    parser.add_argument("--compare", metavar="REV", help="build this revision too and print the program's times, new over old")
    parser.add_argument("--kernels", nargs=argparse.REMAINDER, metavar="OPTION",
                        help="phases and what they are made of, by Google Benchmark, whose options may follow")
    parser.add_argument("--readme", action="store_true", help="write the last results into README.md; measures nothing")
    parser.add_argument("--list", action="store_true", help="names of the rows")
    parser.set_defaults(profile="standard")
    return parser.parse_args()


def wanted_rows(profile, threads, names):
    found = rows.rows(profile, threads)
    unknown = set(names or ()) - {row.name for row in found}
    if unknown:
        raise Unusable(f"no row {', '.join(sorted(unknown))}; there are {', '.join(row.name for row in found)}")
    return [row for row in found if not names or row.name in names]


def build_revision(revision):
    """Builds the program of a revision in a work tree of its own, kept in build/ for the next time; returns its path."""
    found = subprocess.run(["git", "rev-parse", "--verify", "--short=10", f"{revision}^{{commit}}"], cwd=machine.ROOT,
                           capture_output=True, text=True, check=False)
    if found.returncode != 0:
        raise Unusable(f"--compare: git knows no revision '{revision}'")
    folder = machine.ROOT / "build" / f"bench-{found.stdout.strip()}"
    log = machine.ROOT / "build/log" / f"{folder.name}.txt"
    log.parent.mkdir(parents=True, exist_ok=True)
    steps = [["cmake", "--preset", "release", "-DBUILD_TESTING=OFF"],
             ["cmake", "--build", "--preset", "release", "--target", "spillway_program", "--parallel", str(machine.cores())]]
    with log.open("w") as output:
        def step(command, where):
            if subprocess.run(command, cwd=where, stdout=output, stderr=output, check=False).returncode != 0:
                raise Unusable(f"--compare: building {revision} failed; see {log.relative_to(machine.ROOT)}")
        if not folder.exists():
            step(["git", "worktree", "add", "--detach", str(folder), found.stdout.strip()], machine.ROOT)
        say(f"building {revision} in {folder.relative_to(machine.ROOT)} (kept; git worktree remove {folder.relative_to(machine.ROOT)})")
        for command in steps:
            step(command, folder)
    return folder / "build/release/spillway"


def print_comparison(wanted, old, new, repetitions, revision):
    print(f"Time or size now, divided by that of {revision}; below 1 is better. {machine.name()}.\n")
    print("| row | side | new / old |\n| --- | --- | --- |")
    for row in wanted:
        say(f"comparing {row.name}")
        try:
            for label, (middle, low, high) in measure.compare(row, old, new, repetitions):
                print(f"| {row.name} | {label} | {middle:.3f} ({low:.3f} to {high:.3f}) |", flush=True)
        except runs.CannotRun as why:
            say(f"left out: {row.name}: {why}")


def measure_all(wanted, bench, repetitions):
    """(row, result) of each row that can be measured here."""
    found = []
    for row in wanted:
        say(f"measuring {row.name}")
        try:
            runs.copy_bandwidth(bench, bench.threads)
            found.append((row, measure.measure(row, bench, repetitions)))
        except runs.CannotRun as why:
            say(f"left out: {row.name}: {why}")
    return found


def facts(bench, profile, build):
    one = runs.copy_bandwidth(bench, 1)
    return {"date": machine.today(), "commit": machine.commit(), "model_version": bench.model_version, "compiler": machine.compiler(build),
            "profile": profile.name, "threads": bench.threads, "copy_one": f"{one:.1f}", "copy_all": f"{max(bench.copies):.1f}"}


def print_table(found, bench, profile, build):
    if not found:
        raise Unusable("no row could be measured")
    about = facts(bench, profile, build)
    print("\n".join([history.head(about), table.HEAD, *(table.line(row, result, profile.judged) for row, result in found)]))
    if max(bench.copies) > min(bench.copies) * table.NOISE:
        say(f"The machine was not quiet: its copy bandwidth moved between {min(bench.copies):.1f} and {max(bench.copies):.1f} GB/s."
            " Stop what else runs and measure again.")
    if profile.name == "quick" or about["commit"].endswith("+"):
        say("not kept: " + ("--quick is to see that it works" if profile.name == "quick" else "the sources differ from the commit"))
        return
    history.append([history.record(about, row, result) for row, result in found])
    say(f"kept in {history.path().relative_to(machine.ROOT)}")


def main():
    asked = options()
    if asked.readme:
        return history.write_readme()
    if asked.threads < 1 or (asked.repetitions is not None and asked.repetitions < 1):
        raise Unusable("--threads and --repetitions are at least 1")
    profile = rows.PROFILES[asked.profile]
    wanted = wanted_rows(profile, asked.threads, asked.row)
    if asked.list:
        return print("\n".join(f"{row.name:<18} {row.title}" for row in wanted))
    build = machine.ROOT / "build/release"
    if asked.kernels is not None:
        return sys.exit(subprocess.run([build / "bench_kernels", *asked.kernels], check=False).returncode)
    repetitions = asked.repetitions or profile.repetitions
    with tempfile.TemporaryDirectory(prefix="bench-", dir=machine.ROOT / "build") as scratch:
        def bench(program):
            return runs.Bench(program, build / "bench_copy", pathlib.Path(scratch), asked.threads)
        if asked.compare:
            old = bench(build_revision(asked.compare))
            return print_comparison(wanted, old, bench(build / "spillway"), repetitions, asked.compare)
        now = bench(build / "spillway")
        return print_table(measure_all(wanted, now, repetitions), now, profile, build)


if __name__ == "__main__":
    try:
        main()
    except (Unusable, LookupError) as error:
        say(f"scripts/bench: {error}")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
