#!/usr/bin/python3
"""Monthly active users at the end of each year, in millions. Lines to copy: name another series, and go on from there.

  scripts/read_run.py RESULT.h5      a run or a comparison; `spillway info RESULT.h5` lists the series
"""
import os
import sys
import xarray as xr  # with netCDF4 or h5netcdf; Debian: python3-xarray python3-netcdf4

if len(sys.argv) != 2 or not os.path.isfile(sys.argv[1]):
    sys.exit(__doc__)
with xr.open_dataset(sys.argv[1]) as run:
    users = run["monthly_active_users"] / 1e6  # by time and platform; in a comparison also by world and replicate
    if "replicate" in users.dims:
        users = users.mean("replicate")
    table = users.groupby("time.year").last(skipna=False).to_series().unstack("year").T
    print(run.attrs["title"])
    print(table.round(1).to_string(na_rep="-"))
