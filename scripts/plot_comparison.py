#!/usr/bin/python3
"""Draw one series of a run or a comparison: a colour for each platform, dashes for each world, bands over replicates, events.

  scripts/plot_comparison.py RESULT.h5 [-o PICTURE.png|.svg|.pdf] [--series monthly_active_users]

Needs xarray with netCDF4, and matplotlib (Debian: python3-xarray python3-netcdf4 python3-matplotlib fonts-noto-cjk).
"""
import argparse
import sys
import warnings

import matplotlib
import numpy as np
import xarray as xr

# Okabe and Ito's colours, told apart by every kind of eye; dashes tell worlds apart in grey print too.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#999999"]
DASHES = ["-", (0, (6, 3)), (0, (2, 2)), (0, (8, 3, 2, 3)), (0, (12, 4)), (0, (1, 3))]


def read(path, group=None):
    with xr.open_dataset(path, group=group) as part:
        return part.load()


def series_and_bands(path, name):
    """(world, platform, time) of means, and the lowest and highest quantile; a single run is one world without a band."""
    run = read(path)
    if name not in run or set(run[name].dims) - {"replicate", "world"} != {"time", "platform"}:
        sys.exit(f"{path}: holds no series '{name}' by time and platform; `spillway info {path}` lists what there is")
    if "world" not in run.dims:
        lines = run[name].expand_dims("world")
        return run, lines, None
    names = {dim: run[dim] for dim in ("world", "time", "platform")}
    bands = read(path, "bands").assign_coords(names)[name] if run.sizes["replicate"] > 1 else None
    return run, run[name].mean("replicate"), bands


def spread(wanted, gap):
    """Positions as near as can be to the wanted ones, in the same order and at least `gap` apart."""
    order, placed = np.argsort(wanted, kind="stable"), np.array(wanted, dtype=float)
    for _ in range(200):
        for low, high in zip(order[:-1], order[1:]):
            overlap = max(0.0, gap - (placed[high] - placed[low]))
            placed[[low, high]] += -overlap / 2, overlap / 2
    return placed


def draw_lines(axes, lines, bands, scale):
    ends = []
    for w, world in enumerate(lines.world.values if "world" in lines.coords else [None]):
        for p, platform in enumerate(lines.platform.values):
            colour, line = COLOURS[p % 8], lines.isel(world=w).sel(platform=platform).dropna("time") / scale
            if line.size == 0:
                continue
            axes.plot(line.time, line, color=colour, linestyle=DASHES[w % 6], linewidth=2)
            if bands is not None:
                band = bands.isel(world=w).sel(platform=platform) / scale
                axes.fill_between(band.time.values, band.isel(quantile=0), band.isel(quantile=-1), color=colour, alpha=0.15, linewidth=0)
            ends.append((str(platform) if world is None else f"{platform}, {world}", colour, float(line[-1])))
    if float(lines.min()) >= 0:
        axes.set_ylim(bottom=0)
    heights = spread([height for _, _, height in ends], 0.055 * np.ptp(axes.get_ylim()))
    for (label, colour, _), height in zip(ends, heights):
        axes.annotate(label, (lines.time.values[-1], height), xytext=(6, 0), textcoords="offset points", color=colour, va="center", weight="bold")


def draw_events(axes, events, worlds):
    """A line on the day of each event, and its label slanted above the picture; one that all worlds share is drawn once."""
    first, last = axes.get_xlim()
    days = matplotlib.dates.date2num(events["on"].values)
    of_world = events["of_world"].values if "of_world" in events else np.zeros(days.size, dtype=int)
    marks = {}
    for day, label, world in zip(days, events["label"].values.astype(str), of_world):
        if first <= day <= last:
            marks.setdefault((day, label), set()).add(int(world))
    above = axes.get_xaxis_transform()
    for ((day, label), seen), place in zip(marks.items(), spread([day for day, _ in marks], 0.024 * (last - first))):
        everywhere = len(seen) == len(worlds) or len(worlds) == 0
        axes.axvline(day, color="0.75", linewidth=0.8, linestyle="-" if everywhere else DASHES[min(seen) % 6], zorder=0)
        axes.plot([day, place], [1, 1.03], transform=above, color="0.75", linewidth=0.8, clip_on=False)
        text = label if everywhere else f"{label} ({', '.join(worlds[w] for w in sorted(seen))})"
        axes.text(place, 1.035, text, transform=above, rotation=40, rotation_mode="anchor", fontsize=8, color="0.25")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", help="result file or comparison (HDF5)")
    parser.add_argument("-o", "--output", default="comparison.png", help="picture to write (default: %(default)s)")
    parser.add_argument("--series", default="monthly_active_users", help="by time and platform (default: %(default)s)")
    options = parser.parse_args()
    try:
        run, lines, bands = series_and_bands(options.file, options.series)
        events = read(options.file, "events")
    except (OSError, ValueError) as error:
        sys.exit(f"{options.file}: cannot read: {str(error).splitlines()[0]}")
    matplotlib.use("Agg")
    from matplotlib import font_manager, pyplot
    chinese = {"Noto Sans CJK SC", "WenQuanYi Zen Hei", "Droid Sans Fallback"} & {font.name for font in font_manager.fontManager.ttflist}
    pyplot.rcParams["font.family"] = ["DejaVu Sans", *sorted(chinese)]
    figure, axes = pyplot.subplots(figsize=(9, 4.5))
    scale = 1e6 if float(lines.max()) >= 1e6 else 1.0
    axes.set_xlim(lines.time.values[0], lines.time.values[-1])
    draw_lines(axes, lines, bands, scale)
    draw_events(axes, events, [str(world) for world in run["world"].values] if "world" in run.coords else [])
    unit = ", ".join(part for part in ("millions" if scale > 1 else "", run[options.series].attrs.get("units", "").replace("1", "")) if part)
    axes.set_ylabel(options.series.replace("_", " ") + (f", {unit}" if unit else ""))
    axes.grid(axis="y", color="0.92")
    axes.spines[["top", "right"]].set_visible(False)
    figure.text(0.125, 0.005, run.attrs.get("title", ""), fontsize=10, va="top")
    with warnings.catch_warnings(record=True) as caught:  # one hint instead of a warning for each character
        warnings.simplefilter("always")
        figure.savefig(options.output, dpi=150, bbox_inches="tight")
    if any("missing from" in str(warning.message) for warning in caught):
        print("some characters have no font here; Debian's fonts-noto-cjk has them", file=sys.stderr)
    print(f"picture: {options.output}")


if __name__ == "__main__":
    main()
