/* Lets the n-th call that opens, writes, renames or syncs a file in one folder fail; loaded with LD_PRELOAD. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[4096];
static long at, count, error, forever, failed;

/* n = 0 only counts; kind is the errno; with `ever` every later call that needs room fails too, as on a full disk */
void faults_arm(const char *in, long n, long kind, long ever) {
    snprintf(folder, sizeof folder, "%s", in);
    at = n; count = 0; error = kind; forever = ever; failed = 0;
}
long faults_count(void) { return count; }
long faults_failed(void) { return failed; }

static int inside(const char *path) { return folder[0] && path && strncmp(path, folder, strlen(folder)) == 0; }

static int of(int fd) {
    char link[64], path[4096];
    if (!folder[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    return inside(path);
}

static int fails(void) {
    count++;
    if (at && (count == at || (forever && count > at))) { failed++; errno = (int)error; return 1; }
    return 0;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(real))dlsym(RTLD_NEXT, #name)

int open(const char *path, int flags, ...) {
    REAL(open); va_list a; va_start(a, flags); int mode = va_arg(a, int); va_end(a);
    return inside(path) && (flags & O_ACCMODE) && fails() ? -1 : real(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    REAL(open64); va_list a; va_start(a, flags); int mode = va_arg(a, int); va_end(a);
    return inside(path) && (flags & O_ACCMODE) && fails() ? -1 : real(path, flags, mode);
}
ssize_t write(int fd, const void *b, size_t n) { REAL(write); return of(fd) && fails() ? -1 : real(fd, b, n); }
ssize_t pwrite(int fd, const void *b, size_t n, off_t o) { REAL(pwrite); return of(fd) && fails() ? -1 : real(fd, b, n, o); }
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t o) { REAL(pwrite64); return of(fd) && fails() ? -1 : real(fd, b, n, o); }
int fsync(int fd) { REAL(fsync); return of(fd) && fails() ? -1 : real(fd); }
int fdatasync(int fd) { REAL(fdatasync); return of(fd) && fails() ? -1 : real(fd); }
int ftruncate(int fd, off_t n) { REAL(ftruncate); return of(fd) && fails() ? -1 : real(fd, n); }
int ftruncate64(int fd, off64_t n) { REAL(ftruncate64); return of(fd) && fails() ? -1 : real(fd, n); }
int rename(const char *a, const char *b) { REAL(rename); return inside(a) && fails() ? -1 : real(a, b); }
