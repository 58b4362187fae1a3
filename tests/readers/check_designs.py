"""Compares points and indices that Spillway wrote with SciPy's and NumPy's: check_designs.py FOLDER (made by the test
"designs: points for SciPy")."""

import csv
import sys
from pathlib import Path

import numpy as np
from scipy import stats
from scipy.stats import qmc

folder = Path(sys.argv[1])
failed = []


def table(name):
    with open(folder / name, newline="") as file:
        return np.array([[float(cell) for cell in row] for row in csv.reader(file)])


def check(what, holds):
    print(("good  " if holds else "WRONG ") + what)
    if not holds:
        failed.append(what)


def same(ours, theirs, relative=1e-12):
    return np.allclose(ours, theirs, rtol=relative, atol=0)


def partial_rank_correlations(x, y):
    """By the definition: residuals of both on the other ranks, correlated."""
    ranks = np.column_stack([stats.rankdata(c) for c in x.T])
    y = stats.rankdata(y)
    found = []
    for j in range(x.shape[1]):
        others = np.column_stack([np.ones(len(y)), np.delete(ranks, j, axis=1)])
        left = [v - others @ np.linalg.lstsq(others, v, rcond=None)[0] for v in (ranks[:, j], y)]
        found.append(np.corrcoef(*left)[0, 1])
    return found


for columns in (1, 2, 3, 10, 37, 60):
    ours = table(f"sobol_{columns}.csv")
    check(f"Sobol, {columns} columns, {len(ours)} points: bit for bit", np.array_equal(ours, qmc.Sobol(columns, scramble=False).random_base2(12)))

ours = table("latin_hypercube.csv")
rows = len(ours)
check("latin hypercube: one point in each stratum", all(np.array_equal(np.sort(np.floor(c * rows)), np.arange(rows)) for c in ours.T))
# SciPy's own random hypercubes: chance alone decides between them, so ours must lie among 200 of theirs, each with odds of 1 in 201.
theirs = [qmc.discrepancy(qmc.LatinHypercube(ours.shape[1], seed=s).random(rows)) for s in range(200)]
check("latin hypercube: discrepancy no worse than SciPy's worst of 200", qmc.discrepancy(ours) <= max(theirs))

u = table("unit.csv")[:, 0]
inside = (u >= 2**-33) & (u <= 1 - 2**-33)  # an infinite end is cut off there
laws = {
    "uniform": stats.uniform(2, 5),
    "loguniform": stats.loguniform(0.005, 0.05),
    "normal": stats.norm(9, 2),
    "normal_cut": stats.truncnorm(-2, 1.5, loc=9, scale=2),
}
for name, law in laws.items():
    check(f"quantiles of {name} to 1e-12", same(table(name + ".csv")[inside, 0], law.ppf(u[inside])))
check("a normal distribution is finite at the ends of the cube", np.all(np.isfinite(table("normal.csv"))))

data, ours = table("prcc_data.csv"), table("prcc.csv")[0]
theirs = partial_rank_correlations(data[:, :-1], data[:, -1])
print("partial rank correlations:", *(format(x, ".17g") for x in theirs))
check("partial rank correlations to 1e-10", same(ours, theirs, 1e-10))

sys.exit(f"{len(failed)} comparisons failed" if failed else 0)
