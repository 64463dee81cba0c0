#define _GNU_SOURCE
#include "CDatagram.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

enum { CONTROL_SIZE = 64, WORKER_TURN = 500000 };

static _Thread_local int worker_number;

int cordon_worker_number(void) { return worker_number; }

void cordon_take_turns(uint64_t nanoseconds) {
  struct {
    uint32_t size, policy;
    uint64_t flags;
    int32_t niceness;
    uint32_t priority;
    uint64_t turn, deadline, period;
  } wishes = {0};
  wishes.size = sizeof wishes;
  wishes.policy = SCHED_OTHER;
  wishes.niceness = getpriority(PRIO_PROCESS, 0);
  wishes.turn = nanoseconds;
  /* Kernels before 6.12 pass over the number, and one that refuses it goes on as it did. */
  (void)syscall(SYS_sched_setattr, 0, &wishes, 0);
}

void cordon_worker_begin(int number) {
  worker_number = number;
  cordon_take_turns(WORKER_TURN);
}

struct cordon_batch {
  unsigned slots;
  unsigned taken;
  size_t query_size;
  size_t query_stride;
  size_t answer_size;
  uint8_t *queries;
  uint8_t *answers;
  struct mmsghdr *in;
  struct mmsghdr *out;
  struct iovec *in_vectors;
  struct iovec *out_vectors;
  struct sockaddr_storage *peers;
  unsigned char *controls;
  size_t *answer_lengths;
};

static int parse_address(const char *text, uint16_t port, struct sockaddr_storage *out,
                         socklen_t *length) {
  memset(out, 0, sizeof *out);
  struct sockaddr_in *four = (struct sockaddr_in *)out;
  if (inet_pton(AF_INET, text, &four->sin_addr) == 1) {
    four->sin_family = AF_INET;
    four->sin_port = htons(port);
    *length = sizeof *four;
    return 0;
  }
  struct sockaddr_in6 *six = (struct sockaddr_in6 *)out;
  if (inet_pton(AF_INET6, text, &six->sin6_addr) == 1) {
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(port);
    *length = sizeof *six;
    return 0;
  }
  return -EINVAL;
}

int cordon_datagram_open(const char *address, uint16_t port) {
  struct sockaddr_storage bound;
  socklen_t length;
  int fault = parse_address(address, port, &bound, &length);
  if (fault) return fault;
  int descriptor = socket(bound.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return -errno;
  int on = 1;
  int buffer = 4 << 20;
  struct timeval wait = {0, 250000};
  /* Answers are never cut in pieces, which others could swap, and what strangers say of the way's
     width is not believed (RFC 9715, R2 and Appendix C): all of them fit any way. It also spares the
     kernel a number for each answer. */
  int whole = IP_PMTUDISC_PROBE;
  int whole6 = IPV6_PMTUDISC_PROBE;
  int six = bound.ss_family == AF_INET6;
  setsockopt(descriptor, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
  setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof buffer);
  setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
  /* An answer must leave from the address that was asked, also on a wildcard socket. */
  if (six) {
    setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    setsockopt(descriptor, IPPROTO_IPV6, IPV6_RECVPKTINFO, &on, sizeof on);
    setsockopt(descriptor, IPPROTO_IPV6, IPV6_MTU_DISCOVER, &whole6, sizeof whole6);
  } else {
    if (((struct sockaddr_in *)&bound)->sin_addr.s_addr == INADDR_ANY)
      setsockopt(descriptor, IPPROTO_IP, IP_PKTINFO, &on, sizeof on);
    setsockopt(descriptor, IPPROTO_IP, IP_MTU_DISCOVER, &whole, sizeof whole);
  }
  if (bind(descriptor, (struct sockaddr *)&bound, length) < 0) {
    fault = -errno;
    close(descriptor);
    return fault;
  }
  return descriptor;
}

uint16_t cordon_datagram_port(int descriptor) {
  struct sockaddr_storage bound;
  socklen_t length = sizeof bound;
  if (getsockname(descriptor, (struct sockaddr *)&bound, &length) < 0) return 0;
  if (bound.ss_family == AF_INET6) return ntohs(((struct sockaddr_in6 *)&bound)->sin6_port);
  return ntohs(((struct sockaddr_in *)&bound)->sin_port);
}

/* Says how much room a slot has beside the query's; the kernel puts there what it filled. */
static void clear(cordon_batch *batch, unsigned slot) {
  batch->in[slot].msg_hdr.msg_namelen = sizeof(struct sockaddr_storage);
  batch->in[slot].msg_hdr.msg_controllen = CONTROL_SIZE;
}

cordon_batch *cordon_batch_create(unsigned slots, size_t query_size, size_t answer_size) {
  cordon_batch *batch = calloc(1, sizeof *batch);
  if (!batch) return NULL;
  batch->slots = slots;
  batch->query_size = query_size;
  /* Beginnings a power of two apart would share a few sets of the processor's cache. */
  batch->query_stride = query_size + 3 * 64;
  batch->answer_size = answer_size;
  batch->queries = calloc(slots, batch->query_stride);
  batch->answers = calloc(slots, answer_size);
  batch->in = calloc(slots, sizeof *batch->in);
  batch->out = calloc(slots, sizeof *batch->out);
  batch->in_vectors = calloc(slots, sizeof *batch->in_vectors);
  batch->out_vectors = calloc(slots, sizeof *batch->out_vectors);
  batch->peers = calloc(slots, sizeof *batch->peers);
  batch->controls = calloc(slots, CONTROL_SIZE);
  batch->answer_lengths = calloc(slots, sizeof *batch->answer_lengths);
  if (!batch->queries || !batch->answers || !batch->in || !batch->out || !batch->in_vectors ||
      !batch->out_vectors || !batch->peers || !batch->controls || !batch->answer_lengths) {
    cordon_batch_destroy(batch);
    return NULL;
  }
  for (unsigned slot = 0; slot < slots; slot++) {
    batch->in_vectors[slot].iov_base = batch->queries + slot * batch->query_stride;
    batch->in_vectors[slot].iov_len = query_size;
    batch->in[slot].msg_hdr.msg_iov = &batch->in_vectors[slot];
    batch->in[slot].msg_hdr.msg_iovlen = 1;
    batch->in[slot].msg_hdr.msg_name = &batch->peers[slot];
    batch->in[slot].msg_hdr.msg_control = batch->controls + slot * CONTROL_SIZE;
    clear(batch, slot);
  }
  return batch;
}

void cordon_batch_destroy(cordon_batch *batch) {
  if (!batch) return;
  free(batch->queries);
  free(batch->answers);
  free(batch->in);
  free(batch->out);
  free(batch->in_vectors);
  free(batch->out_vectors);
  free(batch->peers);
  free(batch->controls);
  free(batch->answer_lengths);
  free(batch);
}

/* The kernel filled in the interface the query came by; the answer may leave by any. */
static void forget_interface(struct msghdr *header) {
  for (struct cmsghdr *item = CMSG_FIRSTHDR(header); item; item = CMSG_NXTHDR(header, item)) {
    if (item->cmsg_level == IPPROTO_IP && item->cmsg_type == IP_PKTINFO)
      ((struct in_pktinfo *)CMSG_DATA(item))->ipi_ifindex = 0;
  }
}

int cordon_batch_receive(cordon_batch *batch, int descriptor) {
  /* Of a few queries at a time most slots are as they were; the last one tried is cleared, too. */
  for (unsigned slot = 0; slot <= batch->taken && slot < batch->slots; slot++) clear(batch, slot);
  int taken = recvmmsg(descriptor, batch->in, batch->slots, MSG_WAITFORONE, NULL);
  if (taken < 0) {
    batch->taken = 0;
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? 0 : -errno;
  }
  batch->taken = (unsigned)taken;
  for (unsigned slot = 0; slot < batch->taken; slot++) {
    batch->answer_lengths[slot] = 0;
    if (batch->in[slot].msg_hdr.msg_controllen) forget_interface(&batch->in[slot].msg_hdr);
  }
  return taken;
}

const uint8_t *cordon_batch_query(const cordon_batch *batch, unsigned slot, size_t *length) {
  *length = batch->in[slot].msg_len;
  return batch->queries + slot * batch->query_stride;
}

uint8_t *cordon_batch_answer(cordon_batch *batch, unsigned slot) {
  return batch->answers + slot * batch->answer_size;
}

void cordon_batch_set_answer(cordon_batch *batch, unsigned slot, size_t length) {
  batch->answer_lengths[slot] = length <= batch->answer_size ? length : 0;
}

void cordon_batch_peer(const cordon_batch *batch, unsigned slot, cordon_peer *peer) {
  const struct msghdr *header = &batch->in[slot].msg_hdr;
  peer->address = batch->peers[slot];
  peer->address_length = header->msg_namelen;
  peer->control_length = header->msg_controllen;
  memcpy(peer->control, header->msg_control, CONTROL_SIZE);
}

uint16_t cordon_batch_peer_port(const cordon_batch *batch, unsigned slot) {
  const struct sockaddr_storage *peer = &batch->peers[slot];
  if (peer->ss_family == AF_INET6) return ntohs(((const struct sockaddr_in6 *)peer)->sin6_port);
  return ntohs(((const struct sockaddr_in *)peer)->sin_port);
}

void cordon_address_octets(const struct sockaddr *address, uint64_t *high, uint64_t *low) {
  *high = *low = 0;
  if (address->sa_family == AF_INET) {
    *low = 0xFFFF00000000u | ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr);
  } else if (address->sa_family == AF_INET6) {
    const uint8_t *octets = ((const struct sockaddr_in6 *)address)->sin6_addr.s6_addr;
    for (int index = 0; index < 8; index++) {
      *high = *high << 8 | octets[index];
      *low = *low << 8 | octets[8 + index];
    }
  }
}

void cordon_batch_client(const cordon_batch *batch, unsigned slot, uint64_t *high, uint64_t *low) {
  cordon_address_octets((const struct sockaddr *)&batch->peers[slot], high, low);
}

void cordon_batch_send(cordon_batch *batch, int descriptor) {
  unsigned count = 0;
  for (unsigned slot = 0; slot < batch->taken; slot++) {
    if (!batch->answer_lengths[slot]) continue;
    batch->out_vectors[count].iov_base = batch->answers + slot * batch->answer_size;
    batch->out_vectors[count].iov_len = batch->answer_lengths[slot];
    struct msghdr *header = &batch->out[count].msg_hdr;
    *header = batch->in[slot].msg_hdr;
    header->msg_iov = &batch->out_vectors[count];
    header->msg_flags = 0;
    if (!header->msg_controllen) header->msg_control = NULL;
    count++;
  }
  unsigned sent = 0;
  while (sent < count) {
    int done = sendmmsg(descriptor, batch->out + sent, count - sent, 0);
    if (done > 0) {
      sent += (unsigned)done;
    } else if (errno != EINTR) {
      sent++; /* this one cannot be sent (its peer is gone); the others may */
    }
  }
}

int cordon_datagram_send(int descriptor, const cordon_peer *peer, const uint8_t *answer,
                         size_t length) {
  struct iovec vector = {(void *)answer, length};
  struct msghdr header = {0};
  header.msg_name = (void *)&peer->address;
  header.msg_namelen = peer->address_length;
  header.msg_iov = &vector;
  header.msg_iovlen = 1;
  if (peer->control_length) {
    header.msg_control = (void *)peer->control;
    header.msg_controllen = peer->control_length;
  }
  return sendmsg(descriptor, &header, MSG_DONTWAIT) < 0 ? -errno : 0;
}

void cordon_datagram_close(int descriptor) { close(descriptor); }
