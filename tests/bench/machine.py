"""What was measured on and with: machine class (no host names), compiler, commit, date."""

import datetime
import os
import pathlib
import re
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[2]


def cores():
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0))


def _cpuinfo():
    text = pathlib.Path("/proc/cpuinfo").read_text()
    found = dict(re.findall(r"^(model name|cpu family|model)\s*: (.*)$", text, re.M))
    name = re.sub(r"\((R|TM|tm|r)\)|\b(CPU|Processor|\d+-Core)\b|@.*", " ", found.get("model name", "unknown processor"))
    return " ".join(name.split()), found.get("cpu family", "0"), found.get("model", "0")


def _memory_gb():
    """Physical memory, to the next multiple of 4 GB: machines of one kind differ by what firmware keeps."""
    gigabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGESIZE") / 2**30
    return max(4, int(gigabytes / 4 + 0.999) * 4)


def name():
    """For people: "AMD EPYC (family 25, model 17), 2 cores, 24 GB"."""
    processor, family, model = _cpuinfo()
    return f"{processor} (family {family}, model {model}), {cores()} cores, {_memory_gb()} GB"


def slug():
    """For file names: "amd-epyc-25-17-2-cores-24-gb"."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"family|model", "", name().lower())).strip("-")


def _said(*command):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def compiler(build_folder):
    """Name and version of the compiler that a build folder was configured with."""
    cache = (build_folder / "CMakeCache.txt").read_text()
    path = re.search(r"^CMAKE_CXX_COMPILER:\w+=(.*)$", cache, re.M).group(1)
    version = _said(path, "--version").splitlines()[0]
    kind = "clang" if "clang" in version else "g++"
    return f"{kind} {re.search(r'[0-9]+[.][0-9.]+', version.split(')')[-1] or version).group(0)}"


def commit():
    """Short hash, with + where sources differ from it; the measurements themselves do not count as a difference."""
    changed = _said("git", "status", "--porcelain", "--", "sim", "CMakeLists.txt", "CMakePresets.json", "scenarios")
    return _said("git", "rev-parse", "--short=10", "HEAD") + ("+" if changed else "")


def today():
    return datetime.datetime.now(datetime.timezone.utc).date().isoformat()
