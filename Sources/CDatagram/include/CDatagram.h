/* Batches of UDP datagrams: recvmmsg in, sendmmsg out, and nothing else. */
#ifndef CORDON_DATAGRAM_H
#define CORDON_DATAGRAM_H

#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

/* Who asked, and at which of our addresses: enough to answer later. */
typedef struct cordon_peer {
  struct sockaddr_storage address;
  socklen_t address_length;
  unsigned char control[64];
  size_t control_length;
} cordon_peer;

/* A fixed number of slots, each with room for one query and one answer. */
typedef struct cordon_batch cordon_batch;

/* Tells the thread that it is a worker: its number from 1 on. */
void cordon_worker_begin(int number);

/* Keeps the thread to one of the processors that the program may use, by its place among them; past
   the last it begins anew. Returns 0 or a negative errno. */
int cordon_keep_to_processor(unsigned place);

/* Says how long the thread's turns on the processor are to be, from 100 µs to 100 ms; its share of it stays
   the same. Whoever is woken with shorter turns than those of who works goes first: short ones are
   for who answers, long ones for who has much to do and no haste. */
void cordon_take_turns(uint64_t nanoseconds);

/* The number of the worker that the thread is; 0 for any other thread. */
int cordon_worker_number(void);

/* Opens a UDP socket with SO_REUSEPORT on a numeric IPv4 or IPv6 address.
   Returns the descriptor, or a negative errno. */
int cordon_datagram_open(const char *address, uint16_t port);

/* Has each datagram taken by the worker that keeps to the processor which the datagram came in on, so
   that its octets need not change processors; what comes in elsewhere is shared out as before.

   The descriptor is any of the sockets that were opened on one address, one for each worker, in the
   order of their places. Returns 0 or a negative errno; then all are shared out as before. */
int cordon_datagram_steer(int descriptor, unsigned workers);

void cordon_datagram_close(int descriptor);

/* The port a socket is bound to, or 0. */
uint16_t cordon_datagram_port(int descriptor);

/* Makes a batch; NULL where memory is short. */
cordon_batch *cordon_batch_create(unsigned slots, size_t query_size, size_t answer_size);
void cordon_batch_destroy(cordon_batch *batch);

/* Waits up to 250 ms for datagrams and takes as many as there are. Answers the number taken, 0
   where none came, or a negative errno. Every slot's answer is empty afterwards. */
int cordon_batch_receive(cordon_batch *batch, int descriptor);

/* The query in a slot below the number last taken. A datagram longer than query_size is cut. */
const uint8_t *cordon_batch_query(const cordon_batch *batch, unsigned slot, size_t *length);

/* The room for the answer of a slot, answer_size octets of it. */
uint8_t *cordon_batch_answer(cordon_batch *batch, unsigned slot);

/* Says how long the answer of a slot is; 0 means that none is sent. */
void cordon_batch_set_answer(cordon_batch *batch, unsigned slot, size_t length);

/* Copies who asked. */
void cordon_batch_peer(const cordon_batch *batch, unsigned slot, cordon_peer *peer);

/* The port who asked used. */
uint16_t cordon_batch_peer_port(const cordon_batch *batch, unsigned slot);

/* The octets of an IPv6 address as two numbers, an IPv4 one mapped (RFC 4291, Section 2.5.5.2).
   Both are 0 for any other family. */
void cordon_address_octets(const struct sockaddr *address, uint64_t *high, uint64_t *low);

/* The address who asked used. */
void cordon_batch_client(const cordon_batch *batch, unsigned slot, uint64_t *high, uint64_t *low);

/* Sends all answers that are not empty. What the kernel will not take is dropped, as UDP may. */
void cordon_batch_send(cordon_batch *batch, int descriptor);

/* Sends one answer to someone who asked earlier. Returns 0 or a negative errno. */
int cordon_datagram_send(int descriptor, const cordon_peer *peer, const uint8_t *answer,
                         size_t length);

#endif
