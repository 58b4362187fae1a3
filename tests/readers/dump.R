# Writes what R sees in a result into a folder, for compare.py: dump.R (ncdf4|rhdf5) RESULT.h5 FOLDER
arguments <- commandArgs(trailingOnly = TRUE)
file <- arguments[2]
folder <- arguments[3]
wanted <- read.delim(file.path(folder, "wanted"), header = FALSE, col.names = c("path", "kind"), colClasses = "character")

if (arguments[1] == "ncdf4") {
  suppressPackageStartupMessages(library(ncdf4))
  result <- nc_open(file)
  read_values <- function(path) ncvar_get(result, path)
  # A coordinate of a group is a dimension to ncdf4, without attributes of its own beside the unit.
  read_units <- function(path) {
    if (path %in% names(result$dim)) return(sub("^1$", "1", result$dim[[path]]$units))
    found <- ncatt_get(result, path, "units")
    if (found$hasatt) as.character(found$value) else ""
  }
  title <- ncatt_get(result, 0, "title")$value
} else {
  suppressPackageStartupMessages(library(rhdf5))
  read_values <- function(path) h5read(file, path)
  read_units <- function(path) {
    # rhdf5 warns that it does not read the lists of references that belong to scales
    found <- suppressWarnings(h5readAttributes(file, path))$units
    if (is.null(found)) "" else as.character(found)
  }
  title <- suppressWarnings(h5readAttributes(file, "/"))$title
}

write_bytes <- function(name, bytes) writeBin(bytes, file.path(folder, name))
text_bytes <- function(text) charToRaw(paste(enc2utf8(as.character(text)), collapse = "\x1f"))

# R's first dimension runs fastest, so a flat vector is in the file's own order.
units <- character()
for (i in seq_len(nrow(wanted))) {
  path <- wanted$path[i]
  values <- as.vector(read_values(path))
  name <- gsub("/", "__", path, fixed = TRUE)
  if (wanted$kind[i] == "text") write_bytes(paste0(name, ".txt"), text_bytes(values)) else write_bytes(paste0(name, ".f8"), as.double(values))
  units <- c(units, paste0(path, "\t", read_units(path)))
}
write_bytes("units", charToRaw(paste0(enc2utf8(units), "\n", collapse = "")))
start <- as.Date(sub("^days since (\\S+).*", "\\1", read_units("time")))
writeLines(format(start + as.vector(read_values("time"))), file.path(folder, "dates"))
write_bytes("title", text_bytes(title))
