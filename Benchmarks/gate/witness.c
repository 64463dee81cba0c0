/* Counts what a worker does between taking a batch of queries and sending their answers: memory that is
   allocated, references that are counted, locks that are taken. To be preloaded into a program whose
   workers use recvmmsg and sendmmsg:

     WITNESS=FILE LD_PRELOAD=./witness.so PROGRAM ...

   When the program ends, FILE has the number of queries, and of each call, one a line. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

enum { ALLOCATED, FREED, RETAINED, RELEASED, LOCKED, KINDS };

static const char *const names[KINDS] = {"allocated", "freed", "retained", "released", "locked"};
static _Atomic unsigned long queries, counts[KINDS];
static _Thread_local int is_working;
static _Thread_local unsigned long mine[KINDS];

static inline void note(int kind) {
  if (is_working) mine[kind]++;
}

#define NEXT(name) \
  static __typeof__(&name) next; \
  if (!next) next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

/* Written while the program runs, since it need not end in order. */
static void *tell(void *file) {
  for (;;) {
    struct timespec pause = {0, 100000000};
    nanosleep(&pause, NULL);
    FILE *out = fopen(file, "w");
    if (!out) continue;
    fprintf(out, "queries %lu\n", atomic_load(&queries));
    for (int kind = 0; kind < KINDS; kind++)
      fprintf(out, "%s %lu\n", names[kind], atomic_load(&counts[kind]));
    fclose(out);
  }
  return NULL;
}

__attribute__((constructor)) static void begin(void) {
  char *file = getenv("WITNESS");
  pthread_t thread;
  if (file) pthread_create(&thread, NULL, tell, file);
}

int recvmmsg(int socket, struct mmsghdr *messages, unsigned count, int flags,
             struct timespec *wait) {
  NEXT(recvmmsg);
  int taken = next(socket, messages, count, flags, wait);
  for (int kind = 0; kind < KINDS; kind++) mine[kind] = 0;
  is_working = taken > 0;
  return taken;
}

int sendmmsg(int socket, struct mmsghdr *messages, unsigned count, int flags) {
  NEXT(sendmmsg);
  if (is_working) {
    is_working = 0;
    atomic_fetch_add(&queries, count);
    for (int kind = 0; kind < KINDS; kind++) atomic_fetch_add(&counts[kind], mine[kind]);
  }
  return next(socket, messages, count, flags);
}

extern void *__libc_malloc(size_t), *__libc_calloc(size_t, size_t), *__libc_realloc(void *, size_t);
extern void __libc_free(void *);

void *malloc(size_t size) {
  note(ALLOCATED);
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  note(ALLOCATED);
  return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size) {
  note(ALLOCATED);
  return __libc_realloc(old, size);
}

void free(void *old) {
  if (old) note(FREED);
  __libc_free(old);
}

/* The Swift runtime's counts of references. */
void *swift_retain(void *object) {
  NEXT(swift_retain);
  note(RETAINED);
  return next(object);
}

void swift_release(void *object) {
  NEXT(swift_release);
  note(RELEASED);
  next(object);
}

void *swift_bridgeObjectRetain(void *object) {
  NEXT(swift_bridgeObjectRetain);
  note(RETAINED);
  return next(object);
}

void swift_bridgeObjectRelease(void *object) {
  NEXT(swift_bridgeObjectRelease);
  note(RELEASED);
  next(object);
}

/* A lock of Swift's that is free is taken without a call; one that is not waits by a system call. */
long syscall(long number, ...) {
  NEXT(syscall);
  va_list list;
  long values[6];
  note(LOCKED);
  va_start(list, number);
  for (int at = 0; at < 6; at++) values[at] = va_arg(list, long);
  va_end(list);
  return next(number, values[0], values[1], values[2], values[3], values[4], values[5]);
}

int pthread_mutex_lock(pthread_mutex_t *lock) {
  NEXT(pthread_mutex_lock);
  note(LOCKED);
  return next(lock);
}
