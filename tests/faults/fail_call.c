/* Preloaded into the program: counts the calls that touch files of one folder for writing (and those that read back what was
 * written), lets the n-th fail, and writes each to a log: "number call path".
 *
 *   FAIL_FOLDER  the folder, absolute          FAIL_LOG   file for the log, outside the folder
 *   FAIL_AT      n, from 1; 0: none            FAIL_ERRNO number of the error; 0: writes and reads stop half way instead
 *   FAIL_ON      1: and every later one too
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { most = 1024 };
static char kind[most];       /* of a descriptor: 'w' written, 'r' reading back, 'd' folder; 0: not ours */
static char name_of[most][256];
static atomic_long calls;

static const char *setting(const char *name) {
  const char *value = getenv(name);
  return value ? value : "";
}

static void *next(const char *name) {
  void *found = dlsym(RTLD_NEXT, name);
  if (!found) abort();
  return found;
}

static int inside(const char *path) {
  const char *folder = setting("FAIL_FOLDER");
  const size_t length = strlen(folder);
  return length > 0 && strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

static int is_part(const char *path) {
  const size_t length = strlen(path);
  return length > 5 && strcmp(path + length - 5, ".part") == 0;
}

/* Whether this call is to fail; errno is set. */
static int fails(const char *call, const char *path) {
  const long at = atol(setting("FAIL_AT")), now = atomic_fetch_add(&calls, 1) + 1;
  const int fd = (int)((int (*)(const char *, int, ...))next("open"))(setting("FAIL_LOG"), O_WRONLY | O_CREAT | O_APPEND, 0600);
  if (fd >= 0) {
    char line[512];
    const int length = snprintf(line, sizeof line, "%ld %s %s\n", now, call, path);
    ((ssize_t(*)(int, const void *, size_t))next("write"))(fd, line, (size_t)length);
    ((int (*)(int))next("close"))(fd);
  }
  if (at == 0 || now < at || (now > at && atoi(setting("FAIL_ON")) == 0)) return 0;
  errno = atoi(setting("FAIL_ERRNO"));
  return 1;
}
/* The same for calls that cannot stop half way. */
static int fails_whole(const char *call, const char *path) { return fails(call, path) && errno != 0; }

static char kind_of_open(const char *path, int flags) {
  if (!inside(path)) return 0;
  if (flags & O_DIRECTORY) return 'd';
  if ((flags & O_ACCMODE) != O_RDONLY) return 'w';
  return is_part(path) ? 'r' : 0;
}
static const char *word(char opened) { return opened == 'w' ? "open" : opened == 'd' ? "open-folder" : "open-back"; }
static int remember(int fd, char opened, const char *path) {
  if (fd >= 0 && fd < most && opened) {
    kind[fd] = opened;
    snprintf(name_of[fd], sizeof name_of[fd], "%s", path);
  }
  return fd;
}

#define OPEN(function)                                                            \
  int function(const char *path, int flags, ...) {                                \
    va_list more;                                                                 \
    va_start(more, flags);                                                        \
    const mode_t mode = (flags & O_CREAT) ? (mode_t)va_arg(more, int) : 0;        \
    va_end(more);                                                                 \
    const char opened = kind_of_open(path, flags);                                \
    if (opened && fails_whole(word(opened), path)) return -1;                     \
    int (*real)(const char *, int, ...) = (int (*)(const char *, int, ...))next(#function); \
    return remember(real(path, flags, mode), opened, path);                       \
  }
OPEN(open)
OPEN(open64)

#define OPEN2(function)                                        \
  int function(const char *path, int flags) {                  \
    const char opened = kind_of_open(path, flags);             \
    if (opened && fails_whole(word(opened), path)) return -1;  \
    int (*real)(const char *, int) = (int (*)(const char *, int))next(#function); \
    return remember(real(path, flags), opened, path);          \
  }
OPEN2(__open_2)
OPEN2(__open64_2)

#define FOPEN(function)                                                     \
  FILE *function(const char *path, const char *mode) {                      \
    const char opened = kind_of_open(path, mode[0] == 'r' ? O_RDONLY : O_WRONLY); \
    if (opened && fails_whole(word(opened), path)) return NULL;             \
    FILE *(*real)(const char *, const char *) = (FILE * (*)(const char *, const char *)) next(#function); \
    FILE *file = real(path, mode);                                          \
    if (file) remember(fileno(file), opened, path);                         \
    return file;                                                            \
  }
FOPEN(fopen)
FOPEN(fopen64)

static int ours(int fd) { return fd >= 0 && fd < most && kind[fd]; }

ssize_t write(int fd, const void *bytes, size_t count) {
  ssize_t (*real)(int, const void *, size_t) = (ssize_t(*)(int, const void *, size_t))next("write");
  if (!ours(fd) || !fails("write", name_of[fd])) return real(fd, bytes, count);
  return errno ? -1 : real(fd, bytes, count > 1 ? count / 2 : count);
}

ssize_t read(int fd, void *bytes, size_t count) {
  ssize_t (*real)(int, void *, size_t) = (ssize_t(*)(int, void *, size_t))next("read");
  if (!ours(fd) || !fails("read-back", name_of[fd])) return real(fd, bytes, count);
  return errno ? -1 : real(fd, bytes, count > 1 ? count / 2 : count);
}

int fsync(int fd) {
  if (ours(fd) && fails_whole(kind[fd] == 'd' ? "fsync-folder" : "fsync", name_of[fd])) return -1;
  return ((int (*)(int))next("fsync"))(fd);
}

/* Closes in any case, as the system does. */
int close(int fd) {
  const int failed = ours(fd) && fails_whole(kind[fd] == 'w' ? "close" : "close-back", name_of[fd]), error = errno;
  if (fd >= 0 && fd < most) kind[fd] = 0;
  const int result = ((int (*)(int))next("close"))(fd);
  if (!failed) return result;
  errno = error;
  return -1;
}

int rename(const char *from, const char *to) {
  if (inside(from) && fails_whole("rename", from)) return -1;
  return ((int (*)(const char *, const char *))next("rename"))(from, to);
}

int unlink(const char *path) {
  if (inside(path) && fails_whole("unlink", path)) return -1;
  return ((int (*)(const char *))next("unlink"))(path);
}

int remove(const char *path) {
  if (inside(path) && fails_whole("unlink", path)) return -1;
  return ((int (*)(const char *))next("remove"))(path);
}

int mkdir(const char *path, mode_t mode) {
  if (inside(path) && fails_whole("mkdir", path)) return -1;
  return ((int (*)(const char *, mode_t))next("mkdir"))(path, mode);
}
