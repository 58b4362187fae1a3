#!/usr/bin/env Rscript
# Monthly active users at the end of each year, in millions. Lines to copy: name another series, and go on from there.
#   scripts/read_run.R RESULT.h5      a run or a comparison; `spillway info RESULT.h5` lists the series
# Debian: r-cran-ncdf4. R names dimensions fastest first: what is (time, platform) elsewhere is [platform, time] here.
suppressPackageStartupMessages(library(ncdf4))

file <- commandArgs(trailingOnly = TRUE)
if (length(file) != 1 || !file.exists(file)) stop("name one result file: scripts/read_run.R RESULT.h5", call. = FALSE)
run <- nc_open(file)
users <- ncvar_get(run, "monthly_active_users", collapse_degen = FALSE) / 1e6
dims <- sapply(run$var$monthly_active_users$dim, function(dim) dim$name)
date <- as.Date(sub("^days since (\\S+).*", "\\1", ncatt_get(run, "time", "units")$value)) + as.vector(ncvar_get(run, "time"))
mean_over <- function(values, name) if (name %in% dims) apply(values, which(dims != name), mean) else values
users <- mean_over(users, "replicate")  # in a comparison
dims <- setdiff(dims, "replicate")
others <- setdiff(dims, "time")
columns <- expand.grid(lapply(setNames(others, others), function(name) as.vector(ncvar_get(run, name))), stringsAsFactors = FALSE)
table <- matrix(aperm(users, match(c("time", others), dims)), nrow = length(date), dimnames = list(NULL, do.call(paste, rev(columns))))
ends <- !duplicated(format(date, "%Y"), fromLast = TRUE)
cat(ncatt_get(run, 0, "title")$value, "\n")
print(data.frame(year = format(date[ends], "%Y"), round(table[ends, , drop = FALSE], 1), check.names = FALSE), row.names = FALSE)
