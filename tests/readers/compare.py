#!/usr/bin/python3
"""Compare what every reader sees in a result file with what h5py sees. Called by check_readers.sh."""
import argparse
import pathlib
import re
import subprocess
import sys

import h5py
import numpy as np
import xarray as xr

HERE = pathlib.Path(__file__).resolve().parent
SCRIPTS = HERE.parent.parent / "scripts"
SEPARATOR = "\x1f"  # between texts in a dump; in no text of ours
problems = []


def complain(reader, path, what):
    problems.append(f"{reader}: {path}: {what}")


def as_text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


class Dataset:
    """The reference: one dataset as h5py reads it."""

    def __init__(self, path, dataset):
        self.path = path
        self.is_text = h5py.check_string_dtype(dataset.dtype) is not None
        self.values = np.asarray(dataset.asstr()[()] if self.is_text else dataset[()])
        self.units = as_text(dataset.attrs.get("units", ""))
        self.long_name = as_text(dataset.attrs.get("long_name", ""))
        self.is_variable = dataset.ndim > 0 or not self.is_text
        self.is_scale = as_text(dataset.attrs.get("CLASS", "")) == "DIMENSION_SCALE"
        self.dims = [path.rsplit("/")[-1]] if self.is_scale else [dim[0].name.rsplit("/")[-1] if len(dim) else None for dim in dataset.dims]

    @property
    def group(self):
        return self.path.rpartition("/")[0]

    @property
    def name(self):
        return self.path.rpartition("/")[2]

    @property
    def is_date(self):
        return self.units.startswith("days since ")

    def dates(self):
        start = np.datetime64(self.units.split()[2])
        return [str(start + np.timedelta64(int(day), "D")) for day in self.values.ravel()]


def read_reference(file):
    found = {}
    with h5py.File(file) as result:
        result.visititems(lambda path, item: found.__setitem__(path, Dataset(path, item)) if isinstance(item, h5py.Dataset) else None)
        title = as_text(result.attrs["title"])
    return found, title


def check_form(datasets):
    """The promises of the format itself."""
    for dataset in datasets.values():
        if dataset.is_variable and None in dataset.dims:
            complain("h5py", dataset.path, "has a dimension without a scale")
        if dataset.is_variable and not dataset.is_text and not dataset.units:
            complain("h5py", dataset.path, "has no units")
        if dataset.is_variable and not dataset.long_name:
            complain("h5py", dataset.path, "has no long_name")
        kind = dataset.values.dtype
        if not dataset.is_text and kind not in (np.float64, np.float32, np.int32, np.uint16, np.uint8):
            complain("h5py", dataset.path, f"has type {kind}, which some reader does not take")


def same(reference, values):
    values = np.asarray(values)
    if reference.is_text:
        return [str(v) for v in values.ravel()] == [str(v) for v in reference.values.ravel()]
    return np.array_equal(values.ravel().astype(np.float64), reference.values.ravel().astype(np.float64), equal_nan=True)


def check_xarray(file, datasets, title, engine):
    reader = f"xarray {engine}"
    for group in sorted({d.group for d in datasets.values() if d.is_variable}):
        members = [d for d in datasets.values() if d.group == group and d.is_variable]
        with xr.open_dataset(file, engine=engine, group=group or None, decode_times=False) as plain:
            for dataset in members:
                if dataset.name not in plain.variables:
                    complain(reader, dataset.path, "is missing")
                    continue
                variable = plain[dataset.name]
                if list(variable.dims) != dataset.dims:
                    complain(reader, dataset.path, f"has dimensions {variable.dims}, not {dataset.dims}")
                if not same(dataset, variable.values):
                    complain(reader, dataset.path, "values differ")
                if variable.attrs.get("units", "") != dataset.units or variable.attrs.get("long_name", "") != dataset.long_name:
                    complain(reader, dataset.path, f"labels differ: {variable.attrs}")
            if not group and plain.attrs.get("title") != title:
                complain(reader, "/", "title differs")
        with xr.open_dataset(file, engine=engine, group=group or None) as decoded:
            for dataset in filter(lambda d: d.is_date, members):
                days = [str(day)[:10] for day in decoded[dataset.name].values.ravel()]
                if days != dataset.dates():
                    complain(reader, dataset.path, "dates differ")


def h5dump_texts(printed):
    """What stands between quotes. h5dump prints bytes beyond ASCII in octal, some versions with sign bits before them."""
    plain = re.sub(r"\\([0-7]{11}|[23][0-7]{2})", lambda octal: chr(int(octal[1], 8) & 255), printed)
    return re.findall(r'"([^"]*)"', plain.encode("latin-1", "replace").decode(errors="replace"))


def check_h5dump(file, datasets, scratch):
    """Numbers through h5dump's binary output, which is exact; texts through what it prints."""
    for dataset in datasets.values():
        out = scratch / "h5dump.bin"
        form = [] if dataset.is_text else ["-b", "LE", "-o", str(out)]
        done = subprocess.run(["h5dump", "-d", "/" + dataset.path, *form, file], capture_output=True, text=True)
        if done.returncode != 0:
            complain("h5dump", dataset.path, f"cannot read: {done.stderr.strip()[:200]}")
        elif not dataset.is_text and not same(dataset, np.fromfile(out, dtype=dataset.values.dtype) if dataset.values.size else []):
            complain("h5dump", dataset.path, "values differ")
        elif dataset.is_text and dataset.is_variable and not set(dataset.values.ravel()) <= set(h5dump_texts(done.stdout)):
            complain("h5dump", dataset.path, "texts differ")


def check_dumps(reader, command, file, datasets, title, scratch):
    """Readers in other languages write what they see into a folder: PATH.f8 raw doubles, PATH.txt texts, units, dates, title."""
    folder = scratch / reader.replace(" ", "_")
    folder.mkdir(parents=True)
    wanted = folder / "wanted"
    wanted.write_text("".join(f"{d.path}\t{'text' if d.is_text else 'number'}\n" for d in datasets.values()))
    done = subprocess.run([*command, file, str(folder)], capture_output=True, text=True)
    if done.returncode != 0:
        complain(reader, "/", "failed: " + " ".join((done.stderr or done.stdout).split())[-400:])
        return
    units = dict(line.split("\t", 1) for line in (folder / "units").read_text(encoding="utf-8").splitlines())
    for dataset in datasets.values():
        dump = folder / (dataset.path.replace("/", "__") + (".txt" if dataset.is_text else ".f8"))
        if not dump.exists():
            complain(reader, dataset.path, "is missing")
            continue
        texts = dump.read_bytes().decode().split(SEPARATOR) if dataset.is_text and dataset.values.size else []
        if not same(dataset, texts if dataset.is_text else np.fromfile(dump)):
            complain(reader, dataset.path, "values differ")
        if dataset.is_variable and units.get(dataset.path, "") != dataset.units:
            complain(reader, dataset.path, f"units '{units.get(dataset.path)}' are not '{dataset.units}'")
    if (folder / "dates").read_text().split() != datasets["time"].dates():
        complain(reader, "time", "dates differ")
    if (folder / "title").read_text(encoding="utf-8").strip() != title:
        complain(reader, "/", "title differs")


def check_scripts(file, datasets, scratch):
    """The project's own example readers run and agree on the last year's numbers; the picture is drawn and says what it shows."""
    users, days = datasets["monthly_active_users"], datasets["time"].dates()
    if not days:
        return
    last = users.values.take(-1, axis=users.dims.index("time"))
    if "replicate" in users.dims:
        last = last.mean(axis=users.dims.index("replicate"))
    expected = ["-" if np.isnan(v) else f"{v / 1e6:.1f}" for v in last.ravel()]
    for command in (["/usr/bin/python3", SCRIPTS / "read_run.py", file], ["Rscript", SCRIPTS / "read_run.R", file]):
        name = pathlib.Path(command[1]).name
        done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
        row = next((line.split()[1:] for line in done.stdout.splitlines() if line.split()[:1] == [days[-1][:4]]), None)
        if done.returncode != 0:
            complain(name, "/", "failed: " + " ".join(done.stderr.split())[-400:])
        elif row is None or len(row) != len(expected):
            complain(name, "monthly_active_users", f"shows no row for {days[-1][:4]}")
        elif any(a != b and not (b == "-" and a in ("NA", "NaN")) and abs(float(a) - float(b)) > 0.101 for a, b in zip(row, expected)):
            complain(name, "monthly_active_users", f"shows {row}, not {expected}")
    check_picture(file, datasets, scratch / "picture.svg")


def check_picture(file, datasets, picture):
    """One line for each world and platform with numbers, a band for each where there are replicates, and the events' labels."""
    script = SCRIPTS / "plot_comparison.py"
    done = subprocess.run(["/usr/bin/python3", str(script), file, "-o", str(picture)], capture_output=True, text=True)
    if done.returncode != 0 or not picture.exists():
        complain(script.name, "/", "draws no picture: " + " ".join(done.stderr.split())[-400:])
        return
    users, drawn = datasets["monthly_active_users"], picture.read_text(encoding="utf-8")
    curves = np.moveaxis(users.values, users.dims.index("time"), -1)
    if "replicate" in users.dims:
        curves = np.moveaxis(curves, users.dims.index("replicate"), 0)[0]
    lines = int(np.isfinite(curves).any(axis=-1).sum())
    if drawn.count("stroke-width: 2;") + drawn.count("stroke-width: 2\"") < lines:
        complain(script.name, "monthly_active_users", f"draws fewer than {lines} lines")
    if "bands/monthly_active_users" in datasets and drawn.count("fill-opacity: 0.15") + drawn.count("opacity: 0.15") < lines:
        complain(script.name, "bands", f"draws fewer than {lines} bands")
    inside = datasets["events/on"].values <= datasets["time"].values[-1] if "events/on" in datasets else []
    labels = set(datasets["events/label"].values[inside]) if "events/label" in datasets else set()
    missing = [label for label in labels if label not in drawn]
    if missing:
        complain(script.name, "events", f"does not show {missing}")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--scratch", type=pathlib.Path, required=True)
    parser.add_argument("--node-modules", required=True)
    options = parser.parse_args()
    options.scratch.mkdir(parents=True, exist_ok=True)
    datasets, title = read_reference(options.file)
    steps = {
        "h5py": lambda: check_form(datasets),
        "xarray netcdf4": lambda: check_xarray(options.file, datasets, title, "netcdf4"),
        "xarray h5netcdf": lambda: check_xarray(options.file, datasets, title, "h5netcdf"),
        "h5dump": lambda: check_h5dump(options.file, datasets, options.scratch),
        "R ncdf4": lambda: check_dumps("R ncdf4", ["Rscript", HERE / "dump.R", "ncdf4"], options.file, datasets, title, options.scratch),
        "R rhdf5": lambda: check_dumps("R rhdf5", ["Rscript", HERE / "dump.R", "rhdf5"], options.file, datasets, title, options.scratch),
        "jsfive": lambda: check_dumps("jsfive", ["node", HERE / "dump.mjs", options.node_modules], options.file, datasets, title, options.scratch),
        "scripts": lambda: check_scripts(options.file, datasets, options.scratch),
    }
    for reader, check in steps.items():
        before = len(problems)
        try:
            check()
        except Exception as error:  # a reader's own failure is a finding like any other
            complain(reader, "/", f"{type(error).__name__}: {error}")
        print(f"{reader:18} {'agrees' if len(problems) == before else 'DIFFERS'}")
    print(f"{len(datasets)} datasets in {pathlib.Path(options.file).name}")
    for problem in problems:
        print("readers: " + problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
