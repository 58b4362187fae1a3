#!/usr/bin/python3
"""Spillway's default mechanisms (S1-S7, S10) in NumPy: the rival that scripts/bench compares with.

    build/release/spillway check scenarios/history.yaml --resolved | tests/bench/rival.py - --users 1e6 --ticks 30

Two programs over the same people. --plain (rival_plain.py) is what a researcher without a compiler would write well: whole arrays,
every equation for everybody, counters moved only by those who change. The tuned one (rival_tick.py, without --plain) goes as far as
NumPy goes: members gathered, sums moved only by those who change, follows drawn as events, draws of 16 bits. Neither is a straw man.
Not numba, Cython or JAX: those are compilers. With two threads each works on its own users; NumPy lets go of the interpreter's
lock in long calls. Draws depend on the number of threads.
Prints one line of JSON, or writes the series to a NumPy archive.
"""
import os

for library in ("OPENBLAS", "OMP", "MKL"):
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

import argparse
import json
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np

from rival_people import make_people
from rival_plain import PlainPass, spread_slots
from rival_scenario import Scenario, platform_numbers, shared_numbers
from rival_suppliers import post_supply
from rival_tick import Pass

SUMS = ["members", "attention", "minutes", "daily", "monthly", "habit", "irritation", "joins_spontaneous", "joins_peer", "joins_drag", "exits"]
BLOCK = 1 << 15  # users; chosen: arrays of 128 KiB, several of which stay in the second-level cache
PLAIN_BLOCK = 1 << 17  # chosen: the quickest of 2^15, 2^16 and 2^17 in ticks 170 to 230 of the history, one thread, 32 MiB of last cache


class Run:
    """People, the loop over ticks that each thread runs for its own users, and the sums over them."""

    def __init__(self, s, ticks, workers, block, plain):
        self.s, self.ticks, self.workers, self.block = s, ticks, workers, block
        self.people = make_people(s)
        self.plain = plain
        if plain:
            spread_slots(self.people, s.tree["suppliers"]["slot_group"])
        self.barrier = threading.Barrier(workers)
        self.changes = [None] * workers  # by thread: {platform: [first joins, rejoins, exits]}
        self.sums = np.zeros((ticks, workers, 2, len(SUMS)))
        self.online = [s.online(t) for t in range(ticks)]
        self.told = np.zeros(ticks, np.int64)  # contacts whose counters were moved
        self.clock = np.zeros((ticks + 1, 2))  # seconds and processor seconds at the end of each tick

    def numbers(self, tick, market):
        """Numbers of a tick; `market` is a thread's own copy of the totals, the same in all."""
        now = shared_numbers(self.s, tick)
        share = market.members / max(1, self.online[tick])
        now.platform = [platform_numbers(self.s, k, now, share[k], market.share_before[k]) for k in range(2)]
        for k, x in enumerate(now.platform):
            x.irritating = market.irritating[k] = market.irritating[k] or x.irritation_target > 0
        market.share_before = share
        return now

    def bring_online(self, before, after):
        people = self.people
        for row in people.partner:
            mates = row[before:after]
            people.degree[mates] += 1  # distinct in a matching, but for nobody, whose number is not used
            people.per_contact[mates] = 1 / people.degree[mates]

    def tell_contacts(self, worker, tick, step, market):
        """Contacts' counters. The partners of a matching are distinct, so plain indexing adds every one."""
        for k, p in enumerate(self.people.platforms):
            lists = [np.concatenate([changes[k][e] for changes in self.changes if k in changes] or [[]]).astype(np.int64) for e in range(3)]
            joins = np.concatenate(lists[:2])
            tasks = [(p.active, joins, 1), (p.active, lists[2], -1), (p.ever, lists[0], 1), (p.recent, joins, step)]
            mine = [task for at, task in enumerate(tasks) if (k + (at < 2)) % self.workers == worker]  # no counter in two threads
            for row in self.people.partner:
                for counter, who, add in mine:
                    counter[row[who]] += np.float32(add)
            market.members[k] += len(joins) - len(lists[2])
            if worker == 0:
                self.told[tick] += sum(map(len, lists)) * len(self.people.partner)

    def loop(self, worker):
        users = (PlainPass if self.plain else Pass)(self.s, self.people, worker, self.workers, self.block)
        market = SimpleNamespace(members=np.zeros(2), share_before=np.zeros(2), irritating=[False, False])
        made_for, before = [(0.0, 1.0)] * 2, 0
        for tick in range(self.ticks):
            now = self.numbers(tick, market)
            made_for, groups = post_supply(self.s, self.people, now, made_for, worker, self.workers)
            if worker == 0:
                self.bring_online(before, self.online[tick])
            before = self.online[tick]
            self.barrier.wait()
            if groups is not None:
                users.change_suppliers(groups)
            self.changes[worker] = users.run(now, before)
            self.sums[tick, worker] = users.sums
            self.barrier.wait()
            self.tell_contacts(worker, tick, now.recency_step, market)
            self.barrier.wait()
            if worker == 0:
                self.clock[tick + 1] = time.perf_counter(), time.process_time()

    def guarded(self, worker):
        try:
            self.loop(worker)
        except BaseException:
            self.barrier.abort()  # the other thread must not wait for ever
            raise

    def run(self):
        self.clock[0] = time.perf_counter(), time.process_time()
        if self.workers == 1:
            return self.loop(0)
        with ThreadPoolExecutor(self.workers) as threads:
            list(threads.map(self.guarded, range(self.workers)))  # raises what a thread raised


def results(run, build_seconds, first):
    """What is printed, timed from tick `first`, and the series of all ticks."""
    s, sums, online = run.s, run.sums.sum(axis=1), np.array(run.online)
    series = {name: sums[:, :, i] for i, name in enumerate(SUMS)}
    with np.errstate(invalid="ignore"):
        series["attention_share"] = series.pop("attention") / online[:, None]
        series["mean_habit"] = series.pop("habit") / series["members"]
        series["mean_irritation"] = series.pop("irritation") / series["members"]
    for name in set(series) - {"attention_share", "mean_habit", "mean_irritation"}:
        series[name] = series[name] * s.people_per_agent
    series["people_online"] = online * s.people_per_agent
    ticks, (seconds, processor) = run.ticks - first, run.clock[-1] - run.clock[first]
    user_ticks = int(s.users) * ticks
    return {
        "rival": "plain" if run.plain else "tuned", "users": s.users, "ticks": ticks, "first_tick": first, "threads": run.workers,
        "seconds": seconds, "seconds_per_tick": seconds / ticks, "processor_seconds": processor, "build_seconds": build_seconds,
        "user_ticks_per_second": user_ticks / seconds, "ns_per_user_tick": seconds / user_ticks * 1e9,
        "decided": sum(run.online[first:]), "contacts_read": int(run.told[first:].sum()),
    }, series  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario", help="resolved scenario (YAML), a result file (.h5), or - for standard input")
    parser.add_argument("--users", type=float)
    parser.add_argument("--ticks", type=int)
    parser.add_argument("--first", type=int, default=0, help="ticks before this one are run, but not timed")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--threads", type=int, default=1, choices=(1, 2), help="2 is this program at its best on two cores")
    parser.add_argument("--plain", action="store_true", help="whole arrays and no algorithm of its own: what a researcher would write well")
    parser.add_argument("--block", type=int, help=f"users per block, else {BLOCK} (tuned) or {PLAIN_BLOCK} (plain)")
    parser.add_argument("--output", help="write the series to this .npz file")
    options = parser.parse_args()
    begin = time.perf_counter()
    s = Scenario(options.scenario, options.users, options.seed)
    ticks = min(options.ticks or s.ticks, s.ticks)
    if not 0 <= options.first < ticks:
        parser.error(f"--first {options.first}: the run has the ticks 0 to {ticks - 1}")
    run = Run(s, ticks, options.threads, options.block or (PLAIN_BLOCK if options.plain else BLOCK), options.plain)
    built = time.perf_counter()
    run.run()
    numbers, series = results(run, built - begin, options.first)
    if options.output:
        np.savez(options.output, **series)
    else:
        numbers.update({name: {k: list(v[:, i]) for i, k in enumerate(s.names)} for name, v in series.items() if v.ndim == 2})
    print(json.dumps(numbers))
    return 0


if __name__ == "__main__":
    sys.exit(main())
