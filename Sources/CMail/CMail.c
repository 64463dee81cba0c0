#include "CMail.h"

#include "Curl.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct cordon_mail_switch {
  atomic_bool is_off;
};

cordon_mail_switch *cordon_mail_switch_create(void) {
  return calloc(1, sizeof(cordon_mail_switch));
}

void cordon_mail_switch_destroy(cordon_mail_switch *off) { free(off); }

void cordon_mail_switch_off(cordon_mail_switch *off) { atomic_store(&off->is_off, true); }

/* What the callbacks see. */
typedef struct transfer {
  const cordon_mail_request *request;
  const cordon_mail_switch *off;
  cordon_mail_result *result;
  size_t sent; /* octets that libcurl took */
} transfer;

static size_t read_message(char *buffer, size_t size, size_t count, void *context) {
  transfer *transfer = context;
  size_t left = transfer->request->message_length - transfer->sent;
  size_t taken = size * count < left ? size * count : left;
  memcpy(buffer, transfer->request->message + transfer->sent, taken);
  transfer->sent += taken;
  return taken;
}

/* Whether libcurl has taken the last octet of the message. */
static bool is_out(const transfer *transfer) {
  return transfer->sent == transfer->request->message_length;
}

/* Asked now and then; anything but 0 ends the delivery. */
static int is_called_off(void *context, curl_off_t download, curl_off_t downloaded,
                         curl_off_t upload, curl_off_t uploaded) {
  const transfer *transfer = context;
  (void)download, (void)downloaded, (void)upload, (void)uploaded;
  return transfer->off && atomic_load(&transfer->off->is_off) && !is_out(transfer);
}

/* The code of a reply, such as 550; 0 where a line has none (RFC 5321, Section 4.2). */
static long reply_code(const char *line, size_t length) {
  long code = 0;
  if (length < 3) return 0;
  for (int at = 0; at < 3; at++) {
    if (line[at] < '0' || line[at] > '9') return 0;
    code = code * 10 + (line[at] - '0');
  }
  return code;
}

/* Keeps the last line the server said, printable and cut to fit, but for its farewell (221):
   libcurl says QUIT after a refusal, too, and the refusal is what counts. */
static size_t read_reply(char *line, size_t size, size_t count, void *context) {
  transfer *transfer = context;
  size_t length = size * count;
  size_t kept = 0;
  long code = reply_code(line, length);
  if (code == 0 || code == 221) return length;
  transfer->result->reply_code = code;
  for (size_t at = 0; at < length && kept + 1 < sizeof transfer->result->reply; at++) {
    unsigned char octet = (unsigned char)line[at];
    if (octet >= 0x20 && octet < 0x7F) transfer->result->reply[kept++] = (char)octet;
  }
  transfer->result->reply[kept] = 0;
  return length;
}

static int outcome(CURLcode code, const transfer *transfer) {
  long reply = transfer->result->reply_code;
  switch (code) {
  case CURLE_OK:
    return CORDON_MAIL_ACCEPTED;
  case CURLE_LOGIN_DENIED:
    return CORDON_MAIL_LOGIN;
  case CURLE_USE_SSL_FAILED:
  case CURLE_SSL_CONNECT_ERROR:
  case CURLE_PEER_FAILED_VERIFICATION:
  case CURLE_SSL_CACERT_BADFILE:
  case CURLE_SSL_CERTPROBLEM:
  case CURLE_SSL_CIPHER:
  case CURLE_SSL_ISSUER_ERROR:
  case CURLE_SSL_INVALIDCERTSTATUS:
  case CURLE_SSL_ENGINE_INITFAILED:
    return CORDON_MAIL_TLS;
  case CURLE_OUT_OF_MEMORY:
  case CURLE_URL_MALFORMAT:
  case CURLE_UNSUPPORTED_PROTOCOL:
  case CURLE_NOT_BUILT_IN:
  case CURLE_BAD_FUNCTION_ARGUMENT:
  case CURLE_FAILED_INIT:
    return CORDON_MAIL_LOCAL;
  default:
    break;
  }
  if (reply >= 400 && reply < 600) return CORDON_MAIL_REPLIED;
  /* libcurl may still hold the last octets: then "unacknowledged" is too careful, never wrong. */
  return is_out(transfer) ? CORDON_MAIL_UNACKNOWLEDGED : CORDON_MAIL_UNREACHABLE;
}

/* Sets every option; the first that fails decides. */
static CURLcode prepare(const cordon_curl *curl, CURL *handle, transfer *transfer,
                        struct curl_slist *recipients, const char *sender, char *error) {
  const cordon_mail_request *request = transfer->request;
  static const long levels[] = {CURLUSESSL_NONE, CURLUSESSL_TRY, CURLUSESSL_ALL, CURLUSESSL_ALL};
  CURLcode code = CURLE_OK;
#define SET(option, value) \
  if (code == CURLE_OK) code = curl->easy_setopt(handle, option, value)
  SET(CURLOPT_ERRORBUFFER, error);
  SET(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  SET(CURLOPT_URL, request->url);
  SET(CURLOPT_PROXY, ""); /* none, whatever the environment says */
  SET(CURLOPT_NOSIGNAL, 1L);
  SET(CURLOPT_CONNECTTIMEOUT_MS, request->connect_timeout_ms);
  SET(CURLOPT_TIMEOUT_MS, request->timeout_ms);
  SET(CURLOPT_USE_SSL, levels[request->protection & 3]);
  SET(CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  if (request->ca_file) SET(CURLOPT_CAINFO, request->ca_file);
  if (request->user) {
    SET(CURLOPT_USERNAME, request->user);
    SET(CURLOPT_PASSWORD, request->password);
  }
  SET(CURLOPT_MAIL_FROM, sender);
  SET(CURLOPT_MAIL_RCPT, recipients);
  SET(CURLOPT_UPLOAD, 1L);
  SET(CURLOPT_INFILESIZE_LARGE, (curl_off_t)request->message_length);
  SET(CURLOPT_READFUNCTION, read_message);
  SET(CURLOPT_READDATA, transfer);
  SET(CURLOPT_NOPROGRESS, 0L);
  SET(CURLOPT_XFERINFOFUNCTION, is_called_off);
  SET(CURLOPT_XFERINFODATA, transfer);
  SET(CURLOPT_HEADERFUNCTION, read_reply);
  SET(CURLOPT_HEADERDATA, transfer);
  SET(CURLOPT_WRITEFUNCTION, read_reply);
  SET(CURLOPT_WRITEDATA, transfer);
#undef SET
  return code;
}

void cordon_mail_send(const cordon_mail_request *request, const cordon_mail_switch *off,
                      cordon_mail_result *result) {
  memset(result, 0, sizeof *result);
  result->outcome = CORDON_MAIL_LOCAL;
  const char *fault = "libcurl could not be started";
  const cordon_curl *curl = cordon_curl_shared(&fault);
  char error[CURL_ERROR_SIZE] = "";
  char sender[320];
  char recipient[320];
  int written = snprintf(sender, sizeof sender, "<%s>", request->sender);
  int addressed = snprintf(recipient, sizeof recipient, "<%s>", request->recipient);
  bool fits = written > 0 && (size_t)written < sizeof sender && addressed > 0 &&
              (size_t)addressed < sizeof recipient;
  CURL *handle = curl && fits ? curl->easy_init() : NULL;
  struct curl_slist *recipients = handle ? curl->slist_append(NULL, recipient) : NULL;
  if (!handle || !recipients) {
    snprintf(result->reply, sizeof result->reply, "%s", fault);
    if (handle) curl->easy_cleanup(handle);
    return;
  }
  transfer transfer = {.request = request, .off = off, .result = result};
  CURLcode code = prepare(curl, handle, &transfer, recipients, sender, error);
  if (code == CURLE_OK) {
    code = curl->easy_perform(handle);
    result->outcome = outcome(code, &transfer);
  }
  bool answered = result->outcome == CORDON_MAIL_ACCEPTED ||
                  result->outcome == CORDON_MAIL_REPLIED || result->outcome == CORDON_MAIL_LOGIN;
  if (!answered || !result->reply[0])
    snprintf(result->reply, sizeof result->reply, "%s",
             code == CURLE_ABORTED_BY_CALLBACK ? "it was called off"
             : error[0]                        ? error
                                               : curl->easy_strerror(code));
  curl->slist_free_all(recipients);
  curl->easy_cleanup(handle);
}
