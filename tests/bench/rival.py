#!/usr/bin/python3
"""Spillway's default mechanisms (S1-S7, S10) in NumPy: the rival that scripts/bench compares with.

    build/release/spillway check scenarios/history.yaml --resolved | tests/bench/rival.py - --users 1e6 --ticks 30

Written as well as a researcher without a compiler would: vectorised float32, blocks that stay in cache, contacts in index arrays,
counters moved only by those who change, draws of 16 bits. Not numba, Cython or JAX: those are compilers. Two processes share the
arrays where two are asked for (threads were slower: the interpreter's lock changes hands at every call).
Prints one line of JSON, or writes the series to a NumPy archive.
"""
import os

for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

import argparse
import json
import multiprocessing
import sys
import time

import numpy as np

from rival_people import make_people, shared
from rival_scenario import Scenario, platform_numbers, shared_numbers
from rival_suppliers import forget_absent, offer_sums, post_supply
from rival_tick import Pass

SUMS = ["members", "attention", "minutes", "daily", "monthly", "habit", "irritation", "joins_spontaneous", "joins_peer", "joins_drag", "exits"]


class Run:
    """State that all processes share, and the loop over ticks that each of them runs."""

    def __init__(self, s, ticks, workers, block):
        self.s, self.ticks, self.workers, self.block = s, ticks, workers, block
        self.people = make_people(s)
        self.context = multiprocessing.get_context("fork")
        self.barrier = self.context.Barrier(workers)
        self.changes = shared((workers, 2, 3, s.users), np.int32)  # worker, platform, (first joins, rejoins, exits)
        self.counts = shared((workers, 2, 3), np.int64)
        self.sums = shared((ticks, workers, 2, len(SUMS)), np.float64)
        self.online = np.array([s.online(t) for t in range(ticks)])
        self.decided = self.told = 0
        self.members, self.share_before = np.zeros(2), np.zeros(2)
        self.irritating = [False, False]

    def numbers(self, tick):
        now = shared_numbers(self.s, tick)
        share = self.members / max(1, self.online[tick])
        now.platform = [platform_numbers(self.s, k, now, share[k], self.share_before[k]) for k in range(2)]
        for k, x in enumerate(now.platform):
            x.irritating = self.irritating[k] = self.irritating[k] or x.irritation_target > 0
        self.share_before = share
        return now

    def bring_online(self, before, after):
        people = self.people
        for row in people.partner:
            mates = row[before:after]
            people.degree[mates] += 1  # distinct in a matching, but for nobody, whose number is not used
            people.per_contact[mates] = 1 / people.degree[mates]

    def tell_contacts(self, worker, step):
        """Contacts' counters. The partners of a matching are distinct, so plain indexing adds every one."""
        for k, p in enumerate(self.people.platforms):
            lists = [np.concatenate([self.changes[w, k, e, : self.counts[w, k, e]] for w in range(self.workers)]) for e in range(3)]
            joins = np.concatenate(lists[:2])
            tasks = [(p.active, joins, 1), (p.active, lists[2], -1), (p.ever, lists[0], 1), (p.recent, joins, step)]
            for row in self.people.partner:
                for at, (counter, who, add) in enumerate(tasks):
                    if (k + (at < 2)) % self.workers == worker:  # one process counts a platform's members, another its joiners
                        counter[row[who]] += np.float32(add)
            self.told += sum(map(len, lists)) * len(self.people.partner)
            self.members[k] += len(joins) - len(lists[2])

    def loop(self, worker):
        users = Pass(self.s, self.people, worker, self.workers, self.block)
        made_for, before = [(0.0, 1.0)] * 2, 0
        for tick in range(self.ticks):
            now = self.numbers(tick)
            made_for, groups = post_supply(self.s, self.people, now, made_for, worker, self.workers)
            if worker == 0:
                self.bring_online(before, self.online[tick])
            before = self.online[tick]
            self.barrier.wait()
            if groups is not None:
                changed = np.zeros(len(self.people.slots), np.bool_)
                changed[groups] = True
                rows = users.own[changed[self.people.group[users.own]]]
                forget_absent(self.people, rows)
                offer_sums(self.people, rows)
            self.counts[worker] = 0
            for k, lists in users.run(now, before).items():
                for e, rows in enumerate(lists):
                    self.changes[worker, k, e, : len(rows)] = rows
                    self.counts[worker, k, e] = len(rows)
            self.sums[tick, worker] = users.sums
            self.decided += before
            self.barrier.wait()
            self.tell_contacts(worker, now.recency_step)
            self.barrier.wait()

    def run(self):
        others = [self.context.Process(target=self.loop, args=(w,)) for w in range(1, self.workers)]
        for process in others:
            process.start()
        self.loop(0)
        for process in others:
            process.join()


def results(run, build_seconds, seconds):
    s, sums, online = run.s, run.sums.sum(axis=1), run.online
    series = {name: sums[:, :, i] for i, name in enumerate(SUMS)}
    with np.errstate(invalid="ignore"):
        series["attention_share"] = series.pop("attention") / online[:, None]
        series["mean_habit"] = series.pop("habit") / series["members"]
        series["mean_irritation"] = series.pop("irritation") / series["members"]
    for name in set(series) - {"attention_share", "mean_habit", "mean_irritation"}:
        series[name] = series[name] * s.people_per_agent
    series["people_online"] = online * s.people_per_agent
    user_ticks = int(s.users) * run.ticks
    return {
        "users": s.users, "ticks": run.ticks, "threads": run.workers, "seconds": seconds, "seconds_per_tick": seconds / run.ticks,
        "build_seconds": build_seconds, "user_ticks_per_second": user_ticks / seconds, "ns_per_user_tick": seconds / user_ticks * 1e9,
        "decided": int(run.decided), "contacts_read": int(run.told),
    }, series  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", help="resolved scenario (YAML), a result file (.h5), or - for standard input")
    parser.add_argument("--users", type=float)
    parser.add_argument("--ticks", type=int)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--threads", type=int, default=1, choices=(1, 2), help="processes; 2 is this program at its best on two cores")
    parser.add_argument("--block", type=int, default=32768, help="users per block")
    parser.add_argument("--output", help="write the series to this .npz file")
    options = parser.parse_args()
    begin = time.perf_counter()
    s = Scenario(options.scenario, options.users, options.seed)
    run = Run(s, min(options.ticks or s.ticks, s.ticks), options.threads, options.block)
    built = time.perf_counter()
    run.run()
    numbers, series = results(run, built - begin, time.perf_counter() - built)
    if options.output:
        np.savez(options.output, **series)
    else:
        numbers.update({name: {k: list(v[:, i]) for i, k in enumerate(s.names)} for name, v in series.items() if v.ndim == 2})
    print(json.dumps(numbers))
    return 0


if __name__ == "__main__":
    sys.exit(main())
