#define _GNU_SOURCE
#include "Curl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <string.h>

/* The name that libcurl 7.16 and all since go by; Debian has it in libcurl4. */
static const char name[] = "libcurl.so.4";

static pthread_once_t once = PTHREAD_ONCE_INIT;
static cordon_curl curl;
static const char *missing;

/* Functions and data need not be of one size in C, as POSIX asks them to be for dlsym: hence the copy. */
static bool find(void *library, const char *symbol, void *function) {
  void *found = dlsym(library, symbol);
  memcpy(function, &found, sizeof found);
  return found != NULL;
}

static void load(void) {
  void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    missing = "libcurl.so.4, which sends mail, cannot be loaded; install libcurl4";
    return;
  }
  bool whole = find(library, "curl_global_init", &curl.global_init) &&
               find(library, "curl_easy_init", &curl.easy_init) &&
               find(library, "curl_easy_setopt", &curl.easy_setopt) &&
               find(library, "curl_easy_perform", &curl.easy_perform) &&
               find(library, "curl_easy_strerror", &curl.easy_strerror) &&
               find(library, "curl_easy_cleanup", &curl.easy_cleanup) &&
               find(library, "curl_slist_append", &curl.slist_append) &&
               find(library, "curl_slist_free_all", &curl.slist_free_all);
  if (!whole || curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
    missing = "libcurl could not be started";
}

const cordon_curl *cordon_curl_shared(const char **fault) {
  pthread_once(&once, load);
  if (missing) *fault = missing;
  return missing ? NULL : &curl;
}
