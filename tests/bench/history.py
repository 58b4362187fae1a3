"""Results of earlier measurements, one small CSV per class of machines, and the README's section made from them."""

import csv
import re

import machine
import rows
import table
from measure import Result

FOLDER = machine.ROOT / "tests/bench/history"
COLUMNS = ("date", "commit", "model_version", "compiler", "profile", "threads", "row", "unit", "values", "lows", "highs", "ratio",
           "ratio_low", "ratio_high", "decided_per_s", "contacts_per_s", "copy_one", "copy_all")
BEGIN, END = "<!-- written by scripts/bench --readme -->", "<!-- end of what scripts/bench wrote -->"


def path():
    return FOLDER / f"{machine.slug()}.csv"


def _joined(numbers):
    return ";".join(f"{x:.5g}" for x in numbers)


def record(facts, row, result):
    """One line of the file. Sides' values in the order of the row's table, separated by semicolons; copies in GB/s."""
    middle, low, high = zip(*result.values)
    return {**facts, "row": row.name, "unit": row.unit, "values": _joined(middle), "lows": _joined(low), "highs": _joined(high),
            **dict(zip(("ratio", "ratio_low", "ratio_high"), (f"{x:.5g}" for x in result.ratio))),
            "decided_per_s": _joined(result.decided), "contacts_per_s": _joined(result.contacts)}


def append(records):
    FOLDER.mkdir(exist_ok=True)
    new = not path().exists()
    with path().open("a", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if new:
            writer.writeheader()
        writer.writerows(records)


def _result(record):
    def numbers(name):
        return [float(x) for x in record[name].split(";")]

    return Result(list(zip(numbers("values"), numbers("lows"), numbers("highs"))),
                  tuple(float(record[name]) for name in ("ratio", "ratio_low", "ratio_high")), numbers("decided_per_s"),
                  numbers("contacts_per_s"))


def head(facts, name=None):
    """The lines above the table: what was measured on and with."""
    return (f"Measured by `scripts/bench` on {name or machine.name()}; {facts['compiler']}, {facts['threads']} threads, {facts['date']}, "
            f"commit {facts['commit']}, model version {facts['model_version']}. The machine copies {facts['copy_one']} GB/s on one "
            f"thread and {facts['copy_all']} on {facts['threads']}.\n")


def last_table():
    """The newest measurement of each row on this class of machines, as the text of the README's section. Raises LookupError."""
    if not path().exists():
        raise LookupError(f"nothing was measured yet on this class of machines ({machine.slug()}); run scripts/bench first")
    with path().open(newline="") as file:
        records = list(csv.DictReader(file))
    newest = records[-1]
    last = {r["row"]: r for r in records if all(r[key] == newest[key] for key in ("date", "commit", "threads", "profile"))}
    profile = rows.PROFILES[newest["profile"]]
    known = rows.rows(profile, int(newest["threads"]))
    lines = [table.line(row, _result(last[row.name]), profile.judged) for row in known if row.name in last]
    return "\n".join([head(newest), table.HEAD, *lines])


def write_readme(readme=machine.ROOT / "README.md"):
    """Puts the last table between the two marks. Raises LookupError where the marks or the measurements are missing."""
    text, section = readme.read_text(), last_table()
    if BEGIN not in text or END not in text:
        raise LookupError(f"{readme.name} has no place for the table: write these two lines where it shall stand:\n{BEGIN}\n{END}")
    body = f"{BEGIN}\n{section}\n{END}"
    readme.write_text(re.sub(f"{re.escape(BEGIN)}.*?{re.escape(END)}", lambda _: body, text, flags=re.S))
