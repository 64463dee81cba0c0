/* The load: keeps so many queries under way that a server finds a full batch whenever it looks, and
   counts the answers. It costs less a query than any server, so that the server is what is waited for.
   Usage: flood PORT QUERIES SECONDS

   QUERIES has a name and a type a line, as dnsperf reads them; only type A is known. Each query has
   EDNS. Prints answers, seconds, queries that stayed without answer, octets of all answers, and how
   many answers there were of each response code. */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CLIENTS = 8, WINDOW = 64, ROOM = 1500, LONGEST = 300, PATIENCE_MS = 200 };

struct query {
  unsigned short length;
  unsigned char octets[LONGEST];
};

struct client {
  int socket;
  unsigned due; /* Queries that may be sent. */
};

static struct query *queries;
static size_t query_count;
static size_t next_query;
static uint64_t answers, octets, lost, codes[16];

static struct mmsghdr out[WINDOW], in[WINDOW];
static struct iovec out_pieces[WINDOW], in_pieces[WINDOW];
static unsigned char sent[WINDOW][LONGEST], received[WINDOW][ROOM];

static double now(void) {
  struct timespec moment;
  clock_gettime(CLOCK_MONOTONIC, &moment);
  return (double)moment.tv_sec + (double)moment.tv_nsec / 1e9;
}

static int make_query(struct query *query, const char *name) {
  static const unsigned char head[12] = {0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1};
  static const unsigned char tail[16] = {0, 0, 1, 0, 1, 0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0};
  unsigned char *at = query->octets;
  if (strlen(name) > 250) return 0;
  memcpy(at, head, sizeof head);
  at += sizeof head;
  while (*name) {
    size_t label = strcspn(name, ".");
    if (label == 0 || label > 63) return 0;
    *at++ = (unsigned char)label;
    memcpy(at, name, label);
    at += label;
    name += label;
    if (*name == '.') name++;
  }
  memcpy(at, tail, sizeof tail);
  query->length = (unsigned short)(at + sizeof tail - query->octets);
  return 1;
}

static int read_queries(const char *path) {
  FILE *file = fopen(path, "r");
  char name[1024];
  size_t room = 0;
  if (!file) return 0;
  while (fscanf(file, "%1000s A", name) == 1) {
    if (query_count == room) {
      room = room ? 2 * room : 1024;
      queries = realloc(queries, room * sizeof *queries);
      if (!queries) return 0;
    }
    if (!make_query(&queries[query_count++], name)) return 0;
  }
  fclose(file);
  return query_count > 0;
}

static void open_client(struct client *client, unsigned short port) {
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
  int buffer = 4 << 20;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  client->due = WINDOW;
  client->socket = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
  setsockopt(client->socket, SOL_SOCKET, SO_RCVBUF, &buffer, sizeof buffer);
  if (client->socket < 0 || connect(client->socket, (void *)&address, sizeof address) < 0) {
    perror("flood");
    exit(1);
  }
}

static void send_due(struct client *client) {
  unsigned count = client->due;
  for (unsigned at = 0; at < count; at++) {
    struct query *query = &queries[next_query];
    next_query = next_query + 1 < query_count ? next_query + 1 : 0;
    memcpy(sent[at], query->octets, query->length);
    sent[at][0] = (unsigned char)(next_query >> 8);
    sent[at][1] = (unsigned char)next_query;
    out_pieces[at].iov_len = query->length;
  }
  int done = count ? sendmmsg(client->socket, out, count, 0) : 0;
  if (done > 0) client->due -= (unsigned)done;
}

static unsigned take_answers(struct client *client) {
  int count = recvmmsg(client->socket, in, WINDOW, 0, NULL);
  for (int at = 0; at < count; at++) {
    codes[received[at][3] & 15]++;
    octets += in[at].msg_len;
  }
  if (count <= 0) return 0;
  answers += (uint64_t)count;
  client->due += (unsigned)count;
  /* After a loss was given up, its answer may still come. */
  if (client->due > WINDOW) client->due = WINDOW;
  return (unsigned)count;
}

static void wait_for_answers(struct client *clients) {
  struct pollfd waits[CLIENTS];
  for (int at = 0; at < CLIENTS; at++) {
    waits[at] = (struct pollfd){.fd = clients[at].socket, .events = POLLIN};
  }
  if (poll(waits, CLIENTS, PATIENCE_MS) > 0) return;
  for (int at = 0; at < CLIENTS; at++) {
    lost += WINDOW - clients[at].due;
    clients[at].due = WINDOW;
  }
}

int main(int count, char **arguments) {
  struct client clients[CLIENTS];
  if (count != 4 || !read_queries(arguments[2])) {
    fputs("usage: flood PORT QUERIES SECONDS\n", stderr);
    return 2;
  }
  for (int at = 0; at < CLIENTS; at++) {
    open_client(&clients[at], (unsigned short)atoi(arguments[1]));
  }
  for (int at = 0; at < WINDOW; at++) {
    out_pieces[at].iov_base = sent[at];
    out[at].msg_hdr.msg_iov = &out_pieces[at];
    out[at].msg_hdr.msg_iovlen = 1;
    in_pieces[at] = (struct iovec){received[at], ROOM};
    in[at].msg_hdr.msg_iov = &in_pieces[at];
    in[at].msg_hdr.msg_iovlen = 1;
  }
  double start = now(), end = start + atof(arguments[3]), moment = start;
  while (moment < end) {
    unsigned taken = 0;
    for (int at = 0; at < CLIENTS; at++) {
      send_due(&clients[at]);
      taken += take_answers(&clients[at]);
    }
    if (taken == 0) wait_for_answers(clients);
    moment = now();
  }
  /* What is still under way is neither answered nor lost. */
  printf("answers %llu\nseconds %.6f\nlost %llu\noctets %llu\n", (unsigned long long)answers,
         moment - start, (unsigned long long)lost, (unsigned long long)octets);
  for (int at = 0; at < 16; at++) {
    if (codes[at]) printf("code %d %llu\n", at, (unsigned long long)codes[at]);
  }
  return 0;
}
