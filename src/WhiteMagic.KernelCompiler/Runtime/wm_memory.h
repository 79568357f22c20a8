/* Memory: blocks in classes of size, four to a power of two, each class with a list of free blocks; what fits nowhere comes from the top. */

#define WM_PAGE 65536
#define WM_HEADER 16
#define WM_CLASSES 136

#ifdef __wasm__
extern u8 __heap_base;
#define WM_HEAP ((unative)&__heap_base)
WM_INLINE i32 wm_reserve(u64 end) {
  u64 have = (u64)__builtin_wasm_memory_size(0) * WM_PAGE;
  return end <= have || (end < (u64)WM_MAX_U32 && __builtin_wasm_memory_grow(0, (end - have + WM_PAGE - 1) / WM_PAGE) != (unative)-1);
}
#else
#ifndef WM_NATIVE_HEAP
#define WM_NATIVE_HEAP (64 << 20)
#endif
static u8 wm_native_heap[WM_NATIVE_HEAP] __attribute__((aligned(16)));
#define WM_HEAP ((unative)wm_native_heap)
WM_INLINE i32 wm_reserve(u64 end) { return end <= WM_HEAP + WM_NATIVE_HEAP; }
#endif

/* The first byte never given out, and the first one that was never written: from there on memory is still zero. 0 before the first call. */
static unative wm_top, wm_touched;
static ptr wm_free_blocks[WM_CLASSES];

typedef struct { u32 class, bytes; } wm_block;

/* The class of a block of so many bytes, a multiple of 16, and the size that all blocks of the class have. */
WM_SMALL static wm_block wm_class_of(u64 bytes) {
  if (bytes <= 64) return (wm_block){ (u32)(bytes / 16), (u32)bytes };
  u32 power = 31 - (u32)__builtin_clz((u32)(bytes - 1));
  u32 step = (u32)1 << (power - 2);
  u64 rounded = (bytes + step - 1) & ~(u64)(step - 1);
  return (wm_block){ power * 4 + (u32)((rounded - ((u64)1 << power)) / step), (u32)rounded };
}

/* Zeroed memory aligned to 16 bytes; 0 when there is none. */
WM_SMALL __attribute__((noinline)) ptr wm_alloc(u32 bytes) WM_EXPORT("wm_alloc");
ptr wm_alloc(u32 bytes) {
  u64 wanted = ((u64)bytes + (bytes == 0) + WM_HEADER + 15) & ~(u64)15;
  if (wanted > (u64)WM_MAX_I32) return 0;
  wm_block block = wm_class_of(wanted);
  ptr given = wm_free_blocks[block.class];
  if (given) {
    wm_free_blocks[block.class] = WM_AT(ptr, given);
    wm_fill(given, 0, block.bytes - WM_HEADER);
    return given;
  }
  if (!wm_top) wm_top = wm_touched = (WM_HEAP + 15) & ~(unative)15;
  if (!wm_reserve((u64)wm_top + block.bytes)) return 0;
  given = (ptr)wm_top;
  wm_top += block.bytes;
  if ((unative)given < wm_touched) wm_fill(given, 0, (wm_touched < wm_top ? wm_touched : wm_top) - (unative)given);
  if (wm_touched < wm_top) wm_touched = wm_top;
  WM_AT(u32, given) = block.class;
  return given + WM_HEADER;
}

/* Gives a block back; 0 is allowed. */
WM_SMALL WM_NEVER_INLINE void wm_free(ptr block) {
  if (!block) return;
  u32 class = WM_AT(u32, block - WM_HEADER);
  WM_AT(ptr, block) = wm_free_blocks[class];
  wm_free_blocks[class] = block;
}

/* Whether the bytes lie in memory that was given out since the start or the last reset. No bytes lie anywhere. */
static u8 wm_is_inside(ptr memory, u32 bytes) {
  return bytes == 0 || ((unative)memory >= WM_HEAP && (u64)(unative)memory + bytes <= wm_top);
}

/* As after instantiation: all memory is free, all statics have their first value. */
WM_SMALL void wm_reset(void) WM_EXPORT("wm_reset");
void wm_reset(void) {
  if (wm_top) wm_top = (WM_HEAP + 15) & ~(unative)15;
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
