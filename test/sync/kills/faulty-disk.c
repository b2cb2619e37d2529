/*
 * A disk that refuses: preloaded into a program, it makes writes under $FAULTY_FOLDER fail while one of two files is there:
 * $FAULTY_EIO (an input/output error) or $FAULTY_EROFS (a file system that the system has made read-only). Reads go on.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int present(const char *name) {
  const char *flag = getenv(name);
  return flag != NULL && access(flag, F_OK) == 0;
}

/* The error of a write there now; 0: it may go on. */
static int refusal(const char *path) {
  const char *folder = getenv("FAULTY_FOLDER");
  if (folder == NULL || strncmp(path, folder, strlen(folder)) != 0) return 0;
  return present("FAULTY_EIO") ? EIO : present("FAULTY_EROFS") ? EROFS : 0;
}

static int refused(int fd) {
  char link[64], path[PATH_MAX];
  int known = errno, error;
  ssize_t length;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  length = readlink(link, path, sizeof path - 1);
  if (length <= 0) {
    errno = known;
    return 0;
  }
  path[length] = '\0';
  error = refusal(path);
  errno = error != 0 ? error : known;
  return error != 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t count) { return refused(fd) ? -1 : REAL(write)(fd, bytes, count); }
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at) { return refused(fd) ? -1 : REAL(pwrite)(fd, bytes, count, at); }
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at) { return refused(fd) ? -1 : REAL(pwrite64)(fd, bytes, count, at); }
ssize_t writev(int fd, const struct iovec *parts, int count) { return refused(fd) ? -1 : REAL(writev)(fd, parts, count); }
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at) { return refused(fd) ? -1 : REAL(pwritev)(fd, parts, count, at); }
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t at) { return refused(fd) ? -1 : REAL(pwritev64)(fd, parts, count, at); }
int fsync(int fd) { return refused(fd) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return refused(fd) ? -1 : REAL(fdatasync)(fd); }
int ftruncate(int fd, off_t length) { return refused(fd) ? -1 : REAL(ftruncate)(fd, length); }
int ftruncate64(int fd, off64_t length) { return refused(fd) ? -1 : REAL(ftruncate64)(fd, length); }

static int opening(const char *path, int flags) {
  int error = (flags & (O_WRONLY | O_RDWR | O_CREAT)) != 0 ? refusal(path) : 0;
  if (error != 0) errno = error;
  return error;
}
#define WITH_MODE(last)                    \
  mode_t mode = 0;                         \
  if ((flags & (O_CREAT | O_TMPFILE)) != 0) { \
    va_list more;                          \
    va_start(more, last);                  \
    mode = va_arg(more, mode_t);           \
    va_end(more);                          \
  }
int open(const char *path, int flags, ...) {
  WITH_MODE(flags)
  return opening(path, flags) ? -1 : REAL(open)(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
  WITH_MODE(flags)
  return opening(path, flags) ? -1 : REAL(open64)(path, flags, mode);
}
int mkdir(const char *path, mode_t mode) {
  int error = refusal(path);
  if (error != 0) errno = error;
  return error != 0 ? -1 : REAL(mkdir)(path, mode);
}
int rename(const char *from, const char *to) {
  int error = refusal(to);
  if (error != 0) errno = error;
  return error != 0 ? -1 : REAL(rename)(from, to);
}
