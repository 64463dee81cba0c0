/* The floor: takes datagrams in batches, sets the QR bit, sends them back. No server that answers
   DNS by UDP through sockets can do less. Usage: echo PORT THREADS [OCTETS]

   With a third argument each answer is filled up to so many octets: the floor of a server whose
   answers are as long. */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BATCH = 64, SIZE = 1500 };

struct batch {
  struct mmsghdr messages[BATCH];
  struct iovec pieces[BATCH];
  struct sockaddr_in peers[BATCH];
  unsigned char octets[BATCH][SIZE];
};

/* The least octets of an answer. */
static size_t least = 0;

static void prepare(struct batch *batch) {
  memset(batch, 0, sizeof *batch);
  for (int at = 0; at < BATCH; at++) {
    batch->pieces[at].iov_base = batch->octets[at];
    struct msghdr *header = &batch->messages[at].msg_hdr;
    header->msg_iov = &batch->pieces[at];
    header->msg_iovlen = 1;
    header->msg_name = &batch->peers[at];
  }
}

static void send_all(int descriptor, struct mmsghdr *messages, int count) {
  while (count > 0) {
    int sent = sendmmsg(descriptor, messages, (unsigned)count, 0);
    if (sent <= 0) {
      if (sent < 0 && errno == EINTR) continue;
      sent = 1; /* A peer that is gone: its datagram is left out. */
    }
    messages += sent;
    count -= sent;
  }
}

static void *serve(void *argument) {
  int descriptor = *(int *)argument;
  struct batch *batch = malloc(sizeof *batch);
  if (batch == NULL) exit(1);
  prepare(batch);
  for (;;) {
    for (int at = 0; at < BATCH; at++) {
      batch->pieces[at].iov_len = SIZE;
      batch->messages[at].msg_hdr.msg_namelen = sizeof batch->peers[at];
    }
    int count = recvmmsg(descriptor, batch->messages, BATCH, MSG_WAITFORONE, NULL);
    if (count < 0) {
      if (errno == EINTR) continue;
      exit(1);
    }
    for (int at = 0; at < count; at++) {
      size_t length = batch->messages[at].msg_len;
      if (length < least) memset(batch->octets[at] + length, 0, least - length);
      batch->pieces[at].iov_len = length < least ? least : length;
      if (batch->messages[at].msg_len > 2) batch->octets[at][2] |= 0x80;
    }
    send_all(descriptor, batch->messages, count);
  }
}

static int open_socket(unsigned short port) {
  int descriptor = socket(AF_INET, SOCK_DGRAM, 0);
  int yes = 1;
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (descriptor < 0 ||
      setsockopt(descriptor, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes) != 0 ||
      bind(descriptor, (struct sockaddr *)&address, sizeof address) != 0) {
    perror("echo");
    exit(1);
  }
  return descriptor;
}

int main(int count, char **arguments) {
  if (count != 3 && count != 4) {
    fputs("usage: echo PORT THREADS [OCTETS]\n", stderr);
    return 2;
  }
  if (count == 4) least = (size_t)atoi(arguments[3]);
  if (least > SIZE) return 2;
  int threads = atoi(arguments[2]);
  int descriptors[64];
  if (threads < 1 || threads > 64) return 2;
  for (int at = 0; at < threads; at++) {
    descriptors[at] = open_socket((unsigned short)atoi(arguments[1]));
  }
  for (int at = 1; at < threads; at++) {
    pthread_t thread;
    if (pthread_create(&thread, NULL, serve, &descriptors[at]) != 0) return 1;
  }
  serve(&descriptors[0]);
}
