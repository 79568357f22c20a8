/* Names of the types, memory access without alignment, and what differs between WebAssembly and a native build for tests. */
#include <stdint.h>
#include <stddef.h>

typedef int8_t i8;
typedef uint8_t u8;
typedef int16_t i16;
typedef uint16_t u16;
typedef int32_t i32;
typedef uint32_t u32;
typedef int64_t i64;
typedef uint64_t u64;
typedef float f32;
typedef double f64;
typedef intptr_t native;
typedef uintptr_t unative;
typedef uint8_t *ptr;

/* .NET demands no alignment of a pointer, and lets memory be read as any type. */
#define WM_AT_TYPE(T) typedef T T##_at __attribute__((aligned(1), may_alias));
WM_AT_TYPE(i8) WM_AT_TYPE(u8) WM_AT_TYPE(i16) WM_AT_TYPE(u16) WM_AT_TYPE(i32) WM_AT_TYPE(u32) WM_AT_TYPE(i64) WM_AT_TYPE(u64)
WM_AT_TYPE(f32) WM_AT_TYPE(f64) WM_AT_TYPE(native) WM_AT_TYPE(unative) WM_AT_TYPE(ptr)
#define WM_AT(T, address) (*(T##_at *)(address))

#define WM_INLINE static inline __attribute__((always_inline))
#define WM_NEVER_INLINE static __attribute__((noinline))

#ifdef __wasm__
#define WM_EXPORT(name) __attribute__((export_name(name)))
#define WM_LAYOUT(S, size) _Static_assert(sizeof(S) == (size), "layout of " #S);
#define WM_LAYOUT_FIELD(S, field, offset) _Static_assert(__builtin_offsetof(S, field) == (offset), "layout of " #S);
#define wm_fill(target, value, bytes) __builtin_memset((target), (value), (bytes))
#define wm_move(target, source, bytes) __builtin_memmove((target), (source), (bytes))
#else
#define WM_EXPORT(name) __asm__(name) __attribute__((visibility("default")))
#define WM_LAYOUT(S, size)
#define WM_LAYOUT_FIELD(S, field, offset)
/* C forbids null here even for no bytes. */
WM_INLINE void wm_fill(void *target, int value, unative bytes) { if (bytes) __builtin_memset(target, value, bytes); }
WM_INLINE void wm_move(void *target, const void *source, unative bytes) { if (bytes) __builtin_memmove(target, source, bytes); }
#endif

#define wm_trap() __builtin_trap()
#define wm_allocate(bytes) ((ptr)__builtin_alloca_with_align((bytes), 128))

static void wm_reset_statics(void);
