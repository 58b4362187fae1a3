"""What the benchmark does with measurements, and what it asks of the program. No test here looks at a clock.

    bench_test.py PROGRAM
"""

import pathlib
import re
import socket
import sys
import tempfile
import unittest
from unittest import mock

import history
import machine
import measure
import rows
import runs
import table

PROGRAM = pathlib.Path(sys.argv.pop()) if len(sys.argv) > 1 else machine.ROOT / "build/release/spillway"
FACTS = {"date": "2026-01-02", "commit": "0123456789", "model_version": "7", "compiler": "g++ 12", "profile": "standard", "threads": 2,
         "copy_one": "20.0", "copy_all": "30.0"}


def row(*measures, **options):
    sides = tuple(rows.Side(f"side {i}", m) for i, m in enumerate(measures))
    given = {"ratio": rows.second_over_first, "judged": "ratio", "bar": 2, "stretch": 3, **options}
    return rows.Row("toy", "a toy", "ns", sides, ratio_title="times", **given)


class Measuring(unittest.TestCase):
    def test_sides_take_turns_and_medians_are_kept(self):
        order, numbers = [], {"a": iter([1, 9, 2]), "b": iter([4, 18, 10])}

        def side(name):
            return lambda bench: order.append(name) or runs.Sample(next(numbers[name]), 5.0)

        result = measure.measure(row(side("a"), side("b")), None, 3)
        self.assertEqual(order, ["a", "b"] * 3)
        self.assertEqual(result.values, [(2, 1, 9), (10, 4, 18)])
        self.assertEqual(result.ratio, (4, 2, 5))  # of each turn, not of the medians
        self.assertEqual(result.decided, [5, 5])

    def test_comparison_alternates_who_is_first_and_leaves_fixed_sides_out(self):
        order = []

        def side(bench):
            order.append(bench)
            return runs.Sample({"old": 10.0, "new": 5.0}[bench])

        both = row(side, side)
        both = rows.Row(**{**both.__dict__, "sides": (both.sides[0], rows.Side("fixed", side, fixed=True))})
        self.assertEqual(measure.compare(both, "old", "new", 2), [("side 0", (0.5, 0.5, 0.5))])
        self.assertEqual(order, ["old", "new", "new", "old"])


class Table(unittest.TestCase):
    def test_spread_is_shown_above_a_tenth(self):
        self.assertEqual(table.with_spread(10, 9.8, 10.4), "10")
        self.assertEqual(table.with_spread(10, 9, 12.345), "10 (9 to 12.3)")

    def test_bars(self):
        result = measure.Result([(9.0, 9, 9), (18.0, 18, 18)], (2.0, 2, 2), [1e6, 0], [0, 0])
        floor, ceiling = row(None, None, at_least=True), row(None, None, bar=1.9)
        self.assertIn(": held", table.bar_text(floor, result, True))
        self.assertIn(": **missed**", table.bar_text(ceiling, result, True))
        self.assertIn("10 ns, stretch 3: held", table.bar_text(row(None, None, judged="value", bar=10), result, True))
        self.assertNotIn("held", table.bar_text(floor, result, False))
        self.assertEqual((table.rates(result.decided), table.rates(result.contacts)), ("1 M; -", ""))

    def test_rows_are_what_the_rest_takes_them_for(self):
        for profile in rows.PROFILES.values():
            for threads in (1, 2, 8):
                found = rows.rows(profile, threads)
                self.assertEqual(len({r.name for r in found}), len(found))
                for r in found:
                    self.assertGreaterEqual(len(r.sides), 2, r.name)
                    self.assertFalse(r.sides[0].fixed, r.name)
                    self.assertTrue(r.stretch > r.bar if r.at_least else r.stretch < r.bar, r.name)


class History(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        patch = mock.patch.object(history, "FOLDER", self.folder / "history")
        patch.start()
        self.addCleanup(patch.stop)
        self.rows = rows.rows(rows.PROFILES["standard"], 2)

    def keep(self, facts, names, value):
        for r in self.rows:
            if r.name in names:
                n = len(r.sides)
                result = measure.Result([(value, value, value * 2)] * n, (1.5, 1.5, 1.5), [1e6] * n, [0] * n)
                history.append([history.record({**FACTS, **facts}, r, result)])
                yield table.line(r, result, True)

    def test_the_table_comes_back_as_it_was_printed(self):
        list(self.keep({"commit": "older"}, ("history", "bytes"), 7.25))
        printed = list(self.keep({}, ("history", "sizes"), 8.125))
        text = history.last_table()
        self.assertEqual(text.splitlines()[-2:], printed)
        self.assertNotIn("7.25", text)
        for fact in ("g++ 12", "2026-01-02", "0123456789", "model version 7", "20.0 GB/s"):
            self.assertIn(fact, text)

    def test_the_readme_changes_between_the_marks_only(self):
        readme = self.folder / "README.md"
        readme.write_text(f"before\n{history.BEGIN}\nold\n{history.END}\nafter \\1\n")
        with self.assertRaisesRegex(LookupError, "run scripts/bench first"):
            history.write_readme(readme)
        list(self.keep({}, ("bytes",), 30.0))
        history.write_readme(readme)
        text = readme.read_text()
        self.assertTrue(text.startswith(f"before\n{history.BEGIN}\nMeasured by"))
        self.assertTrue(text.endswith(f"|\n{history.END}\nafter \\1\n"))
        self.assertNotIn("old\n", text)
        readme.write_text("no marks")
        with self.assertRaisesRegex(LookupError, "has no place for the table"):
            history.write_readme(readme)

    def test_machines_are_classes_not_hosts(self):
        self.assertRegex(machine.slug(), r"^[a-z0-9-]+-\d+-cores-\d+-gb$")
        self.assertIsNone(re.search(rf"(^|-){re.escape(socket.gethostname().lower())}(-|$)", machine.slug()))


class Program(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.bench = runs.Bench(PROGRAM, None, pathlib.Path(folder.name), 2)

    def test_what_a_run_says_of_itself(self):
        run = runs.program(self.bench, 2000, runs.MIDDLE)
        self.assertEqual((run.users, run.ticks), (2000, 26))
        self.assertLess(run.number("decided"), run.number("user_ticks"))  # not everybody is online in 2013
        self.assertGreater(run.number("decided"), 0.7 * run.number("user_ticks"))
        self.assertGreater(run.number("contact_updates"), 0)
        self.assertGreater(run.number("bytes_moved_per_user"), run.bytes_per_user)
        self.assertGreater(run.resident_bytes, run.users * run.bytes_per_user)
        self.assertGreater(run.wall, run.run)

    def test_first_ticks(self):
        self.assertEqual(runs.program(self.bench, 2000, runs.first_ticks(3)).ticks, 3)
        self.assertEqual(runs.program(self.bench, 2000, runs.first_ticks(rows.ALL_TICKS)).ticks, rows.ALL_TICKS)
        self.assertEqual(runs.program(self.bench, 2000).ticks, rows.ALL_TICKS)

    def test_every_setting_is_known_to_the_program(self):
        for sets in (rows.EVERYTHING, rows.RECORDING_ON, rows.RECORDING_OFF):
            runs.program(self.bench, 2000, (*runs.first_ticks(2), *sets))

    def test_a_refusal_is_told_in_the_programs_words(self):
        with self.assertRaisesRegex(runs.CannotRun, "no_such_key"):
            runs.program(self.bench, 2000, ("no_such_key=1",))


if __name__ == "__main__":
    unittest.main()
