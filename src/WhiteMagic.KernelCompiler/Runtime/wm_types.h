/* Names of the types, memory access without alignment, and what differs between WebAssembly and a native build for tests. */
/* The compiler's own names, so that no header is needed. */
typedef __INT8_TYPE__ i8;
typedef __UINT8_TYPE__ u8;
typedef __INT16_TYPE__ i16;
typedef __UINT16_TYPE__ u16;
typedef __INT32_TYPE__ i32;
typedef __UINT32_TYPE__ u32;
typedef __INT64_TYPE__ i64;
typedef __UINT64_TYPE__ u64;
typedef float f32;
typedef double f64;
typedef __INTPTR_TYPE__ native;
typedef __UINTPTR_TYPE__ unative;
typedef u8 *ptr;

#define WM_MIN_I32 (-2147483647 - 1)
#define WM_MAX_I32 2147483647
#define WM_MAX_U32 4294967295u
#define WM_MIN_I64 (-9223372036854775807ll - 1)
#define WM_MAX_I64 9223372036854775807ll
#define WM_MAX_U64 18446744073709551615ull
#define WM_MIN_NATIVE ((native)((unative)1 << (sizeof(native) * 8 - 1)))

/* .NET demands no alignment of a pointer, and lets memory be read as any type. */
#define WM_AT_TYPE(T) typedef T T##_at __attribute__((aligned(1), may_alias));
WM_AT_TYPE(i8) WM_AT_TYPE(u8) WM_AT_TYPE(i16) WM_AT_TYPE(u16) WM_AT_TYPE(i32) WM_AT_TYPE(u32) WM_AT_TYPE(i64) WM_AT_TYPE(u64)
WM_AT_TYPE(f32) WM_AT_TYPE(f64) WM_AT_TYPE(native) WM_AT_TYPE(unative) WM_AT_TYPE(ptr)
#define WM_AT(T, address) (*(T##_at *)(address))

#define WM_INLINE static inline __attribute__((always_inline))
#define WM_NEVER_INLINE static __attribute__((noinline))
/* Small instead of fast; gcc has no such attribute for a single function. */
#ifdef __clang__
#define WM_SMALL __attribute__((minsize))
#else
#define WM_SMALL
#endif

#ifdef __wasm__
#define WM_EXPORT(name) __attribute__((export_name(name)))
#define WM_LAYOUT(S, size) _Static_assert(sizeof(S) == (size), "layout of " #S);
#define WM_LAYOUT_FIELD(S, field, offset) _Static_assert(__builtin_offsetof(S, field) == (offset), "layout of " #S);
#else
#define WM_EXPORT(name) __asm__(name) __attribute__((visibility("default")))
#define WM_LAYOUT(S, size)
#define WM_LAYOUT_FIELD(S, field, offset)
#endif

/* C forbids null here even for no bytes, and memory.copy traps on an address outside memory even for no bytes. */
WM_INLINE void wm_fill(void *target, int value, unative bytes) { if (bytes) __builtin_memset(target, value, bytes); }
WM_INLINE void wm_move(void *target, const void *source, unative bytes) { if (bytes) __builtin_memmove(target, source, bytes); }

#define wm_trap() __builtin_trap()
#define wm_allocate(bytes) ((ptr)__builtin_alloca_with_align((bytes), 128))

static void wm_reset_statics(void);
