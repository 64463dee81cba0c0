/* libcurl, loaded when the first message is sent. It brings a score of libraries (Kerberos, LDAP,
   SSH) that a program which blocks names has no use for: linked, they would be mapped into every run
   of every verb and make its start a third longer. */
#ifndef CORDON_CURL_H
#define CORDON_CURL_H

/* Variadic calls by pointer cannot be checked by the macros of the header. */
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

/* What is used of it. */
typedef struct cordon_curl {
  __typeof__(curl_global_init) *global_init;
  __typeof__(curl_easy_init) *easy_init;
  __typeof__(curl_easy_setopt) *easy_setopt;
  __typeof__(curl_easy_perform) *easy_perform;
  __typeof__(curl_easy_strerror) *easy_strerror;
  __typeof__(curl_easy_cleanup) *easy_cleanup;
  __typeof__(curl_slist_append) *slist_append;
  __typeof__(curl_slist_free_all) *slist_free_all;
} cordon_curl;

/* The library, ready for use by any thread; NULL where it cannot be had, and `fault` says why. */
const cordon_curl *cordon_curl_shared(const char **fault);

#endif
