#!/usr/bin/env Rscript
# Read a Spillway result in R: prints monthly active users at the end of each year, in millions.
#   scripts/read_run.R RESULT.h5
# Needs ncdf4 (Debian: r-cran-ncdf4). rhdf5 reads the same file: h5read(file, "monthly_active_users").
# R names dimensions fastest first: what is (time, platform) elsewhere is [platform, time] here.
suppressPackageStartupMessages(library(ncdf4))

read_run <- function(file) {
  result <- nc_open(file)
  on.exit(nc_close(result))
  start <- as.Date(sub("^days since (\\S+).*", "\\1", ncatt_get(result, "time", "units")$value))
  users <- ncvar_get(result, "monthly_active_users", collapse_degen = FALSE)
  data.frame(date = start + as.vector(ncvar_get(result, "time")), setNames(as.data.frame(t(users)), ncvar_get(result, "platform")), check.names = FALSE)
}

if (sys.nframe() == 0) {
  file <- commandArgs(trailingOnly = TRUE)
  if (length(file) != 1) stop("one result file is needed: scripts/read_run.R RESULT.h5", call. = FALSE)
  run <- read_run(file)
  last <- run[!duplicated(format(run$date, "%Y"), fromLast = TRUE), ]
  print(cbind(year = format(last$date, "%Y"), round(last[-1] / 1e6, 1)), row.names = FALSE)
}
