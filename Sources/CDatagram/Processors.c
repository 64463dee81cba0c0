#define _GNU_SOURCE
#include "CDatagram.h"

#include <errno.h>
#include <linux/filter.h>
#include <sched.h>

/* Processors that are told apart: as many as workers, and some. */
enum { PROCESSORS = 256 };

/* The numbers of the processors that this program may use, which need not be those from 0 on.
   Returns how many are in the list, or a negative errno. */
static int allowed_processors(int list[PROCESSORS]) {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) < 0) return -errno;
  int count = 0;
  for (int one = 0; one < CPU_SETSIZE && count < PROCESSORS; one++) {
    if (CPU_ISSET(one, &allowed)) list[count++] = one;
  }
  return count > 0 ? count : -EINVAL;
}

int cordon_keep_to_processor(unsigned place) {
  int list[PROCESSORS];
  int count = allowed_processors(list);
  if (count < 0) return count;
  cpu_set_t chosen;
  CPU_ZERO(&chosen);
  CPU_SET(list[place % (unsigned)count], &chosen);
  return sched_setaffinity(0, sizeof chosen, &chosen) < 0 ? -errno : 0;
}

int cordon_datagram_steer(int descriptor, unsigned workers) {
  int list[PROCESSORS];
  int count = allowed_processors(list);
  if (count < 0) return count;
  /* Of several workers on one processor only the first would get queries. */
  if (workers > (unsigned)count) return -ERANGE;
  /* "On this processor? Then the socket with this place." The kernel shares out what is left: it
     takes a place that is none for no choice. */
  struct sock_filter steps[2 * PROCESSORS + 2];
  unsigned short length = 0;
  steps[length++] =
      (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)(SKF_AD_OFF + SKF_AD_CPU));
  for (unsigned place = 0; place < workers; place++) {
    steps[length++] =
        (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)list[place], 0, 1);
    steps[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, place);
  }
  steps[length++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, 0xFFFFFFFF);
  struct sock_fprog program = {length, steps};
  return setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, &program, sizeof program) < 0
             ? -errno
             : 0;
}
