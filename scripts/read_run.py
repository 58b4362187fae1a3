#!/usr/bin/python3
"""Read a Spillway result in Python: print a table, draw a picture, or import `read_run` from here.

  scripts/read_run.py RESULT.h5 [--picture OUT.png|OUT.svg]

Needs xarray with netCDF4 or h5netcdf, and matplotlib for the picture (Debian: python3-xarray python3-netcdf4
python3-matplotlib; `scripts/setup --all` installs them).
"""
import argparse
import sys
import warnings

import numpy as np
import xarray as xr

# Okabe and Ito's colours, told apart by every kind of eye; dashes tell them apart in grey print too.
COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000", "#999999"]
DASHES = ["-", (0, (6, 2)), (0, (2, 1.5)), (0, (8, 2, 2, 2)), (0, (4, 1)), (0, (1, 1)), (0, (8, 3)), (0, (3, 3))]


def read_run(path):
    """Everything at the root of a result: series with their dates, platforms, units and meanings."""
    with xr.open_dataset(path) as result:
        return result.load()


def read_group(path, group, run):
    """The variables of a group ("panel", "segments", "policy", "events"), with the coordinates of the whole run; None without it."""
    try:
        with xr.open_dataset(path, group=group) as result:
            found = result.load()
    except (OSError, KeyError, ValueError):
        return None
    return found.assign_coords({dim: run[dim] for dim in found.dims if dim in run.coords and dim not in found.coords})


def millions(run):
    """Monthly active users in millions, one column for each platform."""
    return (run["monthly_active_users"] / 1e6).transpose("time", "platform")


def year_ends(users):
    """The last recorded value of every year."""
    return users.groupby("time.year").map(lambda year: year.isel(time=-1, drop=True))


def print_table(run):
    print(f"{run.attrs.get('title', 'a run')}: monthly active users at the end of each year, millions")
    table = year_ends(millions(run))
    names = [str(name) for name in table.platform.values]
    print("year  " + "  ".join(f"{name:>12}" for name in names))
    for year in table.year.values:
        row = (f"{value:12.1f}" if np.isfinite(value) else f"{'-':>12}" for value in table.sel(year=year).values)
        print(f"{year}  " + "  ".join(row))


def spread(wanted, gap):
    """Positions as near as can be to the wanted ones, in the same order and at least `gap` apart."""
    order = np.argsort(wanted, kind="stable")
    placed = np.array(wanted, dtype=float)
    for _ in range(200):
        for low, high in zip(order[:-1], order[1:]):
            overlap = gap - (placed[high] - placed[low])
            if overlap > 1e-9:
                placed[low] -= overlap / 2
                placed[high] += overlap / 2
    return placed


def use_fonts(pyplot):
    """Fonts that know Chinese, where there are any, after matplotlib's own."""
    from matplotlib import font_manager
    installed = {font.name for font in font_manager.fontManager.ttflist}
    chinese = ["Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "Droid Sans Fallback"]
    pyplot.rcParams["font.family"] = ["DejaVu Sans"] + [name for name in chinese if name in installed]


def draw_lines(axes, users):
    ends = {}
    for i, name in enumerate(users.platform.values):
        line = users.sel(platform=name).dropna("time")
        if line.size == 0:
            continue
        axes.plot(line.time, line, color=COLOURS[i % 8], linestyle=DASHES[i % 8], linewidth=2)
        ends[str(name)] = (COLOURS[i % 8], float(line[-1]))
    top = max(1.0, float(users.max()) if users.notnull().any() else 1.0)
    axes.set_ylim(0, 1.06 * top)
    heights = spread([height for _, height in ends.values()], 0.055 * top)
    for (name, (colour, _)), height in zip(ends.items(), heights):
        axes.annotate(name, (users.time.values[-1], height), xytext=(6, 0), textcoords="offset points", color=colour, va="center", weight="bold")


def draw_events(axes, events):
    """A line on the day of each event, and its label slanted above the picture."""
    if events is None or events.sizes.get("event", 0) == 0:
        return
    from matplotlib import dates
    first, last = axes.get_xlim()
    days = dates.date2num(events["on"].values)
    inside = np.flatnonzero((days >= first) & (days <= last))
    places = spread(days[inside], 0.024 * (last - first))
    above = axes.get_xaxis_transform()
    for event, place in zip(inside, places):
        axes.axvline(days[event], color="0.75", linewidth=0.8, zorder=0)
        axes.plot([days[event], place], [1, 1.03], transform=above, color="0.75", linewidth=0.8, clip_on=False)
        axes.text(place, 1.035, str(events["label"].values[event]), transform=above, rotation=40, rotation_mode="anchor", fontsize=8, color="0.25", ha="left", va="bottom")


def draw(run, events, picture):
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot
    use_fonts(pyplot)
    figure, axes = pyplot.subplots(figsize=(9, 4.5))
    users = millions(run)
    axes.set_xlim(users.time.values[0], users.time.values[-1])
    draw_lines(axes, users)
    draw_events(axes, events)
    axes.set_ylabel("monthly active users, millions")
    axes.grid(axis="y", color="0.92")
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    figure.text(0.125, 0.005, run.attrs.get("title", ""), fontsize=10, va="top")
    with warnings.catch_warnings(record=True) as caught:  # one hint instead of a warning for each character
        warnings.simplefilter("always")
        figure.savefig(picture, dpi=150, bbox_inches="tight", metadata={"Date": None} if picture.endswith(".svg") else None)
    if any("missing from current font" in str(warning.message) for warning in caught):
        print("some characters have no font here; Debian's fonts-noto-cjk has them", file=sys.stderr)


def main():
    parser = argparse.ArgumentParser(description="Table and picture of a Spillway result.")
    parser.add_argument("file", help="result file (HDF5)")
    parser.add_argument("--picture", metavar="OUT", help="draw monthly active users to this .png or .svg")
    options = parser.parse_args()
    try:
        run = read_run(options.file)
    except (OSError, ValueError) as error:
        sys.exit(f"{options.file}: cannot read: {str(error).splitlines()[0]}")
    if "monthly_active_users" not in run or run.sizes["time"] == 0:
        sys.exit(f"{options.file}: holds no monthly_active_users")
    print_table(run)
    if options.picture:
        draw(run, read_group(options.file, "events", run), options.picture)
        print(f"picture: {options.picture}")


if __name__ == "__main__":
    main()
