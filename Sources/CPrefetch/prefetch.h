#pragma once

#include <malloc.h>

/* Asks the processor for a line of memory that will be read soon. A hint: any address will do. */
static inline void cordon_prefetch(const void *address) { __builtin_prefetch(address, 0, 3); }

/* Gives memory that the program has freed back to the system. */
static inline void cordon_release_free_memory(void) { malloc_trim(0); }
