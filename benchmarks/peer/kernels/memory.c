#include "peer.h"
#ifdef __wasm__
extern unsigned char __heap_base;
static size_t top;

/* clang turns loops into calls of these; with bulk-memory each is one instruction. */
void* memset(void* to, int value, size_t bytes) { __builtin_memset(to, value, bytes); return to; }
void* memcpy(void* to, const void* from, size_t bytes) { __builtin_memcpy(to, from, bytes); return to; }

EXPORT(peer_alloc) void* peer_alloc(size_t bytes)
{
  if (!top) top = ((size_t)&__heap_base + 15) & ~(size_t)15;
  size_t at = top, have = __builtin_wasm_memory_size(0) * 65536;
  top += (bytes + 15) & ~(size_t)15;
  if (top > have && __builtin_wasm_memory_grow(0, (top - have + 65535) / 65536) == (size_t)-1) __builtin_trap();
  return (void*)at;
}
#else
#include <stdlib.h>
void* peer_alloc(size_t bytes) { return aligned_alloc(16, (bytes + 15) & ~(size_t)15); }
#endif
