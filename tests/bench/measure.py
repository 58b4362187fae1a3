"""Measures one row: its sides in turn, again and again, so that a machine that slows down slows all of them."""

import dataclasses
import statistics

import runs


@dataclasses.dataclass(frozen=True)
class Result:
    """Triples are (median, lowest, highest); lists are by side; rates are per second, 0 where nothing was counted."""

    values: list
    ratio: tuple
    decided: list
    contacts: list


def spread(numbers):
    return statistics.median(numbers), min(numbers), max(numbers)


def _check(row, bench):
    if row.option and not runs.knows_option(bench, row.option):
        raise runs.CannotRun(f"this program has no {row.option}")


def measure(row, bench, repetitions):
    """Raises CannotRun."""
    _check(row, bench)
    rounds = [[side.measure(bench) for side in row.sides] for _ in range(row.repetitions or repetitions)]
    sides = list(zip(*rounds))
    return Result([spread([sample.value for sample in side]) for side in sides],
                  spread([row.ratio([sample.value for sample in one]) for one in rounds]),
                  [statistics.median(sample.decided for sample in side) for side in sides],
                  [statistics.median(sample.contacts for sample in side) for side in sides])


def compare(row, old, new, repetitions):
    """New over old for each side of the program, as triples, by side; old and new take turns. Raises CannotRun."""
    _check(row, old)
    _check(row, new)
    sides = [side for side in row.sides if not side.fixed]
    ratios = [[] for _ in sides]
    for turn in range(row.repetitions or repetitions):
        for side, found in zip(sides, ratios):
            first, second = (old, new) if turn % 2 == 0 else (new, old)  # neither is always the one that meets a warm machine
            value = {id(first): side.measure(first).value, id(second): side.measure(second).value}
            found.append(value[id(new)] / value[id(old)])
    return [(side.label, spread(found)) for side, found in zip(sides, ratios)]
