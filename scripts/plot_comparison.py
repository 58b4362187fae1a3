#!/usr/bin/python3
"""Draw monthly active users of a run or a comparison: colours for platforms, dashes for worlds, bands over replicates, events.

  scripts/plot_comparison.py RESULT.h5 [-o PICTURE.png|.svg|.pdf] [--series monthly_active_users]

Needs xarray with netCDF4, and matplotlib (Debian: python3-xarray python3-netcdf4 python3-matplotlib fonts-noto-cjk).
"""
import argparse
import sys

import matplotlib
import numpy as np
import xarray as xr

matplotlib.use("Agg")
from matplotlib import dates, font_manager, pyplot

COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#999999"]  # Okabe and Ito's
DASHES = ["-", (0, (6, 3)), (0, (2, 2)), (0, (8, 3, 2, 3)), (0, (12, 4)), (0, (1, 3))]


def spread(wanted, gap):
    """Positions as near as can be to the wanted ones, in the same order and at least `gap` apart."""
    order, placed = np.argsort(wanted, kind="stable"), np.array(wanted, dtype=float)
    for _ in range(200):
        for low, high in zip(order[:-1], order[1:]):
            overlap = max(0.0, gap - (placed[high] - placed[low]))
            placed[[low, high]] += -overlap / 2, overlap / 2
    return placed


def draw_lines(axes, lines, bands):
    """`lines` by world, time and platform; `bands` also by quantile, or None."""
    ends = []
    for w, world in enumerate(lines.world.values):
        for p, platform in enumerate(lines.platform.values):
            line = lines[w].sel(platform=platform).dropna("time")
            if line.size == 0:
                continue
            axes.plot(line.time, line, color=COLOURS[p % 8], linestyle=DASHES[w % 6], linewidth=2)
            ends.append((f"{platform}, {world}".removesuffix(", "), COLOURS[p % 8], float(line[-1])))
            if bands is not None:
                band = bands[w][..., p]
                axes.fill_between(lines.time.values, band[0], band[-1], color=COLOURS[p % 8], alpha=0.15, linewidth=0)
    for (label, colour, _), height in zip(ends, spread([end[2] for end in ends], 0.055 * np.ptp(axes.get_ylim()))):
        axes.annotate(label, (lines.time.values[-1], height), xytext=(6, 0), textcoords="offset points", color=colour, va="center", weight="bold", annotation_clip=False)


def draw_events(axes, file, worlds):
    """A line on the day of each event, its label slanted above the picture; what not all worlds have is said and dashed."""
    try:
        events = xr.load_dataset(file, group="events")
    except OSError:
        return  # nothing happens in this scenario
    marks = {}
    of_world = events["of_world"].values if "of_world" in events else np.zeros(events.sizes["event"])
    for day, label, world in zip(dates.date2num(events["on"].values), events["label"].values.astype(str), of_world):
        if axes.get_xlim()[0] <= day <= axes.get_xlim()[1]:
            marks.setdefault((day, label), []).append(int(world))
    for ((day, label), having), place in zip(marks.items(), spread([mark[0] for mark in marks], 0.024 * np.ptp(axes.get_xlim()))):
        shared, above = len(having) == len(worlds), axes.get_xaxis_transform()
        axes.axvline(day, color="0.75", linewidth=0.8, linestyle="-" if shared else (0, (4, 2)), zorder=0)
        axes.plot([day, place], [1, 1.03], transform=above, color="0.75", linewidth=0.8, clip_on=False)
        text = label if shared else f"{label} ({', '.join(str(worlds[w]) for w in having)})"
        axes.text(place, 1.035, text, transform=above, rotation=40, rotation_mode="anchor", fontsize=8, color="0.25")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", help="result file or comparison (HDF5)")
    parser.add_argument("-o", "--output", default="comparison.png", help="picture to write (default: %(default)s)")
    parser.add_argument("--series", default="monthly_active_users", help="by time and platform (default: %(default)s)")
    options = parser.parse_args()
    try:
        run = xr.load_dataset(options.file)
    except (OSError, ValueError):
        sys.exit(f"{options.file} is missing, or no result file")
    if options.series not in run or not {"time", "platform"} == set(run[options.series].dims) - {"world", "replicate"}:
        sys.exit(f"{options.file} has no {options.series} by time and platform; `spillway info` lists what it has")
    compared = "world" in run.dims
    lines = run[options.series].mean("replicate") if compared else run[options.series].expand_dims(world=[""])
    bands = xr.load_dataset(options.file, group="bands")[options.series].values if compared and run.sizes["replicate"] > 1 else None
    scale, unit = (1e6, "millions") if float(lines.max()) >= 1e6 else (1.0, run[options.series].attrs["units"].replace("1", ""))

    for font in font_manager.findSystemFonts():  # matplotlib's own list may be older than the fonts
        if "NotoSansCJK" in font:
            font_manager.fontManager.addfont(font)
    chinese = {font.name for font in font_manager.fontManager.ttflist if font.name.startswith("Noto Sans CJK")}
    pyplot.rcParams["font.family"] = ["DejaVu Sans", *sorted(chinese)]
    figure, axes = pyplot.subplots(figsize=(9, 4.5))
    axes.set_xlim(lines.time.values[0], lines.time.values[-1])
    axes.set_ylim(min(0.0, float(lines.min()) / scale), 1.06 * float(lines.max()) / scale or 1.0)
    draw_lines(axes, lines / scale, None if bands is None else bands / scale)
    draw_events(axes, options.file, lines.world.values)
    axes.set_ylabel(", ".join(filter(None, [options.series.replace("_", " "), unit])))
    axes.grid(axis="y", color="0.92")
    axes.spines[["top", "right"]].set_visible(False)
    figure.text(0.125, 0.005, run.attrs["title"], fontsize=10, va="top")
    figure.savefig(options.output, dpi=150, bbox_inches="tight")
    print(f"picture: {options.output}")


if __name__ == "__main__":
    main()
