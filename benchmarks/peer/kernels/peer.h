/* What the hand-written C limits share. Each is compiled twice: by clang -O3 for the machine, and with wmc's flags for WebAssembly. */
#ifndef PEER_H
#define PEER_H
#include <stddef.h>
#include <stdint.h>

#ifdef __wasm__
#define EXPORT(name) __attribute__((export_name(#name), visibility("default")))
#else
#define EXPORT(name) __attribute__((visibility("default")))
#endif

typedef float f32x4 __attribute__((vector_size(16)));
typedef int32_t i32x4 __attribute__((vector_size(16)));

/* Memory, aligned to 16 bytes, that is never given back. */
void* peer_alloc(size_t bytes);

#endif
