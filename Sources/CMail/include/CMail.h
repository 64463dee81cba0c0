/* One message to one recipient by SMTP, through libcurl, whose own calls are variadic. */
#ifndef CORDON_MAIL_H
#define CORDON_MAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How the connection is protected. */
enum {
  CORDON_MAIL_PLAIN = 0,         /* not at all */
  CORDON_MAIL_OPPORTUNISTIC = 1, /* STARTTLS where the server offers it */
  CORDON_MAIL_STARTTLS = 2,      /* STARTTLS, or nothing is sent */
  CORDON_MAIL_IMPLICIT = 3,      /* TLS from the first octet (RFC 8314) */
};

/* What came of it. */
enum {
  CORDON_MAIL_ACCEPTED = 0,       /* the server took the message */
  CORDON_MAIL_REPLIED = 1,        /* the server answered with an error; see reply_code */
  CORDON_MAIL_UNREACHABLE = 2,    /* no connection, or it broke before the message was out */
  CORDON_MAIL_UNACKNOWLEDGED = 3, /* the message is out, but no answer came */
  CORDON_MAIL_TLS = 4,            /* no protected connection, or a certificate that does not hold */
  CORDON_MAIL_LOGIN = 5,          /* the server refused the name and the password */
  CORDON_MAIL_LOCAL = 6,          /* libcurl could not even begin */
};

/* All strings are UTF-8 and end with a zero octet; those that may be NULL say so. */
typedef struct cordon_mail_request {
  const char *url;         /* smtp://host:port/name-for-EHLO */
  int protection;          /* one of the first enumeration */
  const char *ca_file;     /* certificates to trust; NULL for the system's */
  const char *user;        /* NULL: no login */
  const char *password;
  const char *sender;      /* without angle brackets */
  const char *recipient;   /* without angle brackets */
  const uint8_t *message;  /* lines ended by CR LF; dots are doubled on the way */
  size_t message_length;
  long connect_timeout_ms;
  long timeout_ms;         /* for the whole of it */
} cordon_mail_request;

typedef struct cordon_mail_result {
  int outcome;      /* one of the second enumeration */
  long reply_code;  /* the server's last reply; 0 where there was none */
  char reply[512];  /* its last line, or what went wrong; ends with a zero octet */
} cordon_mail_result;

/* Lets another thread call a delivery off. */
typedef struct cordon_mail_switch cordon_mail_switch;

/* Makes a switch; NULL where memory is short. */
cordon_mail_switch *cordon_mail_switch_create(void);
void cordon_mail_switch_destroy(cordon_mail_switch *off);

/* Calls the delivery off within a second or so, unless its message is out: then the answer counts. */
void cordon_mail_switch_off(cordon_mail_switch *off);

/* Sends the message, and returns when the server has answered, a time is up, or it was called off.
   The switch may be NULL. */
void cordon_mail_send(const cordon_mail_request *request, const cordon_mail_switch *off,
                      cordon_mail_result *result);

#endif
