/* Memory: blocks in classes of size, four to a power of two, each class with a list of free blocks; what fits nowhere comes from the top. */

#define WM_HEADER 16
#define WM_CLASSES 128
/* A block of 2^31 bytes would have the class after the last one. */
#define WM_MOST_BYTES (((u32)1 << 31) - 2 * WM_HEADER)

/* The first byte never given out: from there on memory is zero. */
#ifdef __wasm__
extern u8 __heap_base;
#define WM_HEAP (&__heap_base)
static ptr wm_top = &__heap_base;
WM_INLINE i32 wm_reserve(u32 bytes) {
  u32 end = (u32)wm_top + bytes, pages = ((end - 1) >> 16) + 1, have = __builtin_wasm_memory_size(0);
  return end > bytes && (pages <= have || __builtin_wasm_memory_grow(0, pages - have) != (unative)-1);
}
#else
#ifndef WM_NATIVE_HEAP
#define WM_NATIVE_HEAP (64 << 20)
#endif
static u8 wm_native_heap[WM_NATIVE_HEAP] __attribute__((aligned(16)));
#define WM_HEAP wm_native_heap
static ptr wm_top = wm_native_heap;
WM_INLINE i32 wm_reserve(u32 bytes) { return bytes <= wm_native_heap + WM_NATIVE_HEAP - wm_top; }
#endif

static ptr wm_free_blocks[WM_CLASSES];

/* Zeroed memory aligned to 16 bytes; 0 when there is none. In front of it stands the block's class. */
WM_SMALL __attribute__((noinline)) ptr wm_alloc(u32 bytes) WM_EXPORT("wm_alloc");
ptr wm_alloc(u32 bytes) {
  if (bytes > WM_MOST_BYTES) return 0;
  u32 wanted = (bytes + !bytes + WM_HEADER + 15) & ~(u32)15;
  u32 power = 31 - (u32)__builtin_clz(wanted - 1), quarter = power - 2, unit = (u32)1 << quarter;
  u32 size = (wanted + unit - 1) & ~(unit - 1);
  u32 class = (power - 1) * 4 + (size >> quarter);
  ptr given = wm_free_blocks[class];
  if (given) {
    wm_free_blocks[class] = WM_AT(ptr, given);
    wm_fill(given, 0, size - WM_HEADER);
    return given;
  }
  if (!wm_reserve(size)) return 0;
  given = wm_top;
  wm_top += size;
  WM_AT(u32, given) = class;
  return given + WM_HEADER;
}

/* Whether two blocks hold the same bytes. */
WM_SMALL WM_NEVER_INLINE u8 wm_equal(ptr a, ptr b, unative bytes) {
  for (unative at = 0; at < bytes; at++)
    if (a[at] != b[at]) return 0;
  return 1;
}

/* The order of two sequences: the difference of the first elements that differ, else of the lengths. */
#define WM_COMPARE(type) \
  WM_SMALL WM_NEVER_INLINE i32 wm_compare_##type(ptr a, i32 a_count, ptr b, i32 b_count) { \
    for (i32 at = 0; at < a_count && at < b_count; at++) { \
      type x = ((type*)a)[at], y = ((type*)b)[at]; \
      if (x != y) return (i32)x - (i32)y; \
    } \
    return a_count - b_count; \
  }
WM_COMPARE(u8)
WM_COMPARE(u16)

/* Gives a block back; 0 is allowed. */
WM_SMALL WM_NEVER_INLINE void wm_free(ptr block) {
  if (!block) return;
  u32 class = WM_AT(u32, block - WM_HEADER);
  WM_AT(ptr, block) = wm_free_blocks[class];
  wm_free_blocks[class] = block;
}

/* Whether the bytes lie in memory that was given out since the start or the last reset. No bytes lie anywhere. */
WM_SMALL WM_NEVER_INLINE u8 wm_is_inside(ptr memory, u32 bytes) {
  return bytes == 0 || (memory >= WM_HEAP && memory <= wm_top && bytes <= (unative)(wm_top - memory));
}

/* As after instantiation: all memory is free, all statics have their first value. */
WM_SMALL void wm_reset(void) WM_EXPORT("wm_reset");
void wm_reset(void) {
  wm_fill(WM_HEAP, 0, (unative)(wm_top - WM_HEAP));
  wm_top = WM_HEAP;
  wm_fill(wm_free_blocks, 0, sizeof wm_free_blocks);
  wm_reset_statics();
}

#ifdef __wasm__
/* LLVM 20 and later make calls of this compiler-rt function out of 64 x 64 -> 128 bit products. Not optimized, lest it calls itself. */
__attribute__((optnone, noinline)) __int128 __multi3(__int128 a, __int128 b) {
  u64 al = (u64)a, bl = (u64)b, a0 = (u32)al, a1 = al >> 32, b0 = (u32)bl, b1 = bl >> 32;
  u64 t = a0 * b0, low = (u32)t;
  t = (t >> 32) + a1 * b0;
  u64 middle = (u32)t, high = t >> 32;
  middle += a0 * b1;
  high += (middle >> 32) + a1 * b1;
  low |= middle << 32;
  high += (u64)((unsigned __int128)a >> 64) * bl + al * (u64)((unsigned __int128)b >> 64);
  return (__int128)((unsigned __int128)high << 64 | low);
}
#endif
