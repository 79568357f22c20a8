/* Vector128 on the vector types of clang and gcc: with simd128 they become its instructions, without it scalar code with the same results. */

/* shape, lane, number of lanes, unsigned vector and lane of the same width, signed vector of the same width, and the
   vector for operations on bits: 32-bit lanes stay lanes, which scalar code then need not put together */
#define WM_INTEGER_SHAPES(X) \
  X(i8x16, i8, 16, u8x16, u8, i8x16, u64x2) X(u8x16, u8, 16, u8x16, u8, i8x16, u64x2) \
  X(i16x8, i16, 8, u16x8, u16, i16x8, u64x2) X(u16x8, u16, 8, u16x8, u16, i16x8, u64x2) \
  X(i32x4, i32, 4, u32x4, u32, i32x4, u32x4) X(u32x4, u32, 4, u32x4, u32, i32x4, u32x4) \
  X(i64x2, i64, 2, u64x2, u64, i64x2, u64x2) X(u64x2, u64, 2, u64x2, u64, i64x2, u64x2)
#define WM_FLOAT_SHAPES(X) X(f32x4, f32, 4, u32x4, u32, i32x4, u32x4) X(f64x2, f64, 2, u64x2, u64, i64x2, u64x2)

#define WM_TYPE(s, T, n, us, U, is, bs) typedef T s __attribute__((vector_size(16))); WM_AT_TYPE(s)
WM_INTEGER_SHAPES(WM_TYPE) WM_FLOAT_SHAPES(WM_TYPE)

#define WM_LANES(n) for (i32 k = 0; k < (n); k++)
WM_INLINE i32 wm_v_any(u64x2 m) { return (m[0] | m[1]) != 0; }
WM_INLINE i32 wm_v_all(u64x2 m) { return (m[0] & m[1]) == ~(u64)0; }

/* Vector128.IsHardwareAccelerated: whether vectors are worth it. */
#if defined __wasm__ && !defined __wasm_simd128__
WM_INLINE u8 wm_v_is_accelerated(void) { return 0; }
#else
WM_INLINE u8 wm_v_is_accelerated(void) { return 1; }
#endif

/* What every shape has. */
#define WM_COMMON(s, T, n, us, U, is, bs) \
  WM_INLINE s wm_v_splat_##s(T x) { s r; WM_LANES(n) r[k] = x; return r; } \
  WM_INLINE s wm_v_scalar_##s(T x) { s r = { x }; return r; } \
  WM_INLINE s wm_v_zero_##s(void) { s r = { 0 }; return r; } \
  WM_INLINE s wm_v_one_##s(void) { return wm_v_splat_##s(1); } \
  WM_INLINE s wm_v_ones_##s(void) { u64x2 r = { ~(u64)0, ~(u64)0 }; return (s)r; } \
  WM_INLINE s wm_v_indices_##s(void) { s r; WM_LANES(n) r[k] = (T)k; return r; } \
  WM_INLINE T wm_v_first_##s(s v) { return v[0]; } \
  WM_INLINE T wm_v_get_##s(s v, i32 i) { if ((u32)i >= (n)) wm_trap(); return v[i]; } \
  WM_INLINE T wm_v_get_at_##s(ptr p, i32 i) { return wm_v_get_##s(WM_AT(s, p), i); } \
  WM_INLINE s wm_v_with_##s(s v, i32 i, T x) { if ((u32)i >= (n)) wm_trap(); v[i] = x; return v; } \
  WM_INLINE s wm_v_and_##s(s a, s b) { return (s)((bs)a & (bs)b); } \
  WM_INLINE s wm_v_or_##s(s a, s b) { return (s)((bs)a | (bs)b); } \
  WM_INLINE s wm_v_xor_##s(s a, s b) { return (s)((bs)a ^ (bs)b); } \
  WM_INLINE s wm_v_andnot_##s(s a, s b) { return (s)((bs)a & ~(bs)b); } \
  WM_INLINE s wm_v_not_##s(s a) { return (s)~(bs)a; } \
  WM_INLINE s wm_v_select_##s(s c, s t, s f) { return (s)(((bs)c & (bs)t) | (~(bs)c & (bs)f)); } \
  WM_COMPARE(s, eq, ==) WM_COMPARE(s, lt, <) WM_COMPARE(s, le, <=) WM_COMPARE(s, gt, >) WM_COMPARE(s, ge, >=) \
  WM_INLINE i32 wm_v_ne_any_##s(s a, s b) { return !wm_v_eq_all_##s(a, b); }
#define WM_COMPARE(s, name, op) \
  WM_INLINE s wm_v_##name##_##s(s a, s b) { return (s)(a op b); } \
  WM_INLINE i32 wm_v_##name##_all_##s(s a, s b) { return wm_v_all((u64x2)(a op b)); } \
  WM_INLINE i32 wm_v_##name##_any_##s(s a, s b) { return wm_v_any((u64x2)(a op b)); }
WM_INTEGER_SHAPES(WM_COMMON) WM_FLOAT_SHAPES(WM_COMMON)
#define wm_v_create(s, ...) ((s){ __VA_ARGS__ })

/* Integers wrap, so they are computed unsigned; shift counts are masked. */
#define WM_INTEGER_OPS(s, T, n, us, U, is, bs) \
  WM_INLINE s wm_v_add_##s(s a, s b) { return (s)((us)a + (us)b); } \
  WM_INLINE s wm_v_sub_##s(s a, s b) { return (s)((us)a - (us)b); } \
  WM_INLINE s wm_v_mul_##s(s a, s b) { return (s)((us)a * (us)b); } \
  WM_INLINE s wm_v_neg_##s(s a) { return (s)((us)wm_v_zero_##s() - (us)a); } \
  WM_INLINE s wm_v_div_##s(s a, s b) { s r; WM_LANES(n) r[k] = WM_DIVIDE_##T(a[k], b[k]); return r; } \
  WM_INLINE s wm_v_shl_##s(s a, i32 c) { return (s)((us)a << wm_v_splat_##us((U)(c & (i32)(sizeof(T) * 8 - 1)))); } \
  WM_INLINE s wm_v_shr_##s(s a, i32 c) { return (s)(a >> wm_v_splat_##s((T)(c & (i32)(sizeof(T) * 8 - 1)))); } \
  WM_INLINE s wm_v_shr_unsigned_##s(s a, i32 c) { return (s)((us)a >> wm_v_splat_##us((U)(c & (i32)(sizeof(T) * 8 - 1)))); } \
  WM_INLINE s wm_v_min_##s(s a, s b) { return wm_v_select_##s((s)(a < b), a, b); } \
  WM_INLINE s wm_v_max_##s(s a, s b) { return wm_v_select_##s((s)(a > b), a, b); } \
  WM_INLINE s wm_v_abs_##s(s a) { return (T)-1 > 0 ? a : wm_v_select_##s((s)(a < wm_v_zero_##s()), wm_v_neg_##s(a), a); } \
  WM_INLINE T wm_v_sum_##s(s v) { U r = 0; WM_LANES(n) r = (U)(r + (U)v[k]); return (T)r; } \
  WM_SCALARS(s, T)
#define WM_SCALARS(s, T) \
  WM_INLINE s wm_v_mul_scalar_##s(s a, T b) { return wm_v_mul_##s(a, wm_v_splat_##s(b)); } \
  WM_INLINE s wm_v_scalar_mul_##s(T a, s b) { return wm_v_mul_##s(wm_v_splat_##s(a), b); } \
  WM_INLINE s wm_v_div_scalar_##s(s a, T b) { return wm_v_div_##s(a, wm_v_splat_##s(b)); } \
  WM_INLINE T wm_v_dot_##s(s a, s b) { return wm_v_sum_##s(wm_v_mul_##s(a, b)); }
#define WM_DIVIDE_i8(a, b) (i8)wm_div_i32(a, b)
#define WM_DIVIDE_u8(a, b) (u8)wm_div_i32(a, b)
#define WM_DIVIDE_i16(a, b) (i16)wm_div_i32(a, b)
#define WM_DIVIDE_u16(a, b) (u16)wm_div_i32(a, b)
#define WM_DIVIDE_i32(a, b) wm_div_i32(a, b)
#define WM_DIVIDE_u32(a, b) (u32)wm_div_unsigned_i32((i32)(a), (i32)(b))
#define WM_DIVIDE_i64(a, b) wm_div_i64(a, b)
#define WM_DIVIDE_u64(a, b) (u64)wm_div_unsigned_i64((i64)(a), (i64)(b))
WM_INTEGER_SHAPES(WM_INTEGER_OPS)

#define WM_FLOAT_OPS(s, T, n, us, U, is, bs) \
  WM_INLINE s wm_v_add_##s(s a, s b) { return a + b; } \
  WM_INLINE s wm_v_sub_##s(s a, s b) { return a - b; } \
  WM_INLINE s wm_v_mul_##s(s a, s b) { return a * b; } \
  WM_INLINE s wm_v_div_##s(s a, s b) { return a / b; } \
  WM_INLINE s wm_v_neg_##s(s a) { return -a; } \
  WM_INLINE s wm_v_abs_##s(s a) { return (s)((us)a & wm_v_splat_##us((U)~(U)0 >> 1)); } \
  WM_EACH(s, T, n, sqrt) WM_EACH(s, T, n, floor) WM_EACH(s, T, n, ceiling) WM_EACH(s, T, n, truncate) WM_EACH(s, T, n, round) \
  WM_FLOAT_EXTREMES(s, T, n) \
  WM_INLINE T wm_v_sum_##s(s v) { return WM_SUM_##T(v); } \
  WM_SCALARS(s, T)
#define WM_EACH(s, T, n, op) WM_INLINE s wm_v_##op##_##s(s a) { s r; WM_LANES(n) r[k] = wm_##op##_##T(a[k]); return r; }
/* .NET adds the halves, and then the halves of that. */
#define WM_SUM_f32(v) ((v[0] + v[1]) + (v[2] + v[3]))
#define WM_SUM_f64(v) (v[0] + v[1])
#ifdef __wasm_simd128__
#define WM_FLOAT_EXTREMES(s, T, n) \
  WM_INLINE s wm_v_min_##s(s a, s b) { return __builtin_wasm_min_##s(a, b); } \
  WM_INLINE s wm_v_max_##s(s a, s b) { return __builtin_wasm_max_##s(a, b); }
#else
#define WM_FLOAT_EXTREMES(s, T, n) \
  WM_INLINE s wm_v_min_##s(s a, s b) { s r; WM_LANES(n) r[k] = wm_min_##T(a[k], b[k]); return r; } \
  WM_INLINE s wm_v_max_##s(s a, s b) { s r; WM_LANES(n) r[k] = wm_max_##T(a[k], b[k]); return r; }
#endif
WM_FLOAT_SHAPES(WM_FLOAT_OPS)

/* The sign bits of the lanes, the first one lowest. */
#ifdef __wasm_simd128__
#define WM_SIGNS(s, T, n, us, U, is, bs) WM_INLINE i32 wm_v_msb_##s(s v) { return (i32)__builtin_wasm_bitmask_##is((is)v); }
#else
#define WM_SIGNS(s, T, n, us, U, is, bs) \
  WM_INLINE i32 wm_v_msb_##s(s v) { u32 r = 0; WM_LANES(n) r |= (u32)(((us)v)[k] >> (sizeof(U) * 8 - 1)) << k; return (i32)r; }
#endif
WM_INTEGER_SHAPES(WM_SIGNS) WM_FLOAT_SHAPES(WM_SIGNS)

/* An index outside takes 0. */
#define WM_SHUFFLE(s, T, n, us, U, is, bs) \
  WM_INLINE s wm_v_shuffle_any_##s(s v, us i) { s r; WM_LANES(n) r[k] = i[k] < (n) ? v[i[k] & ((n) - 1)] : 0; return r; }
WM_INTEGER_SHAPES(WM_SHUFFLE) WM_FLOAT_SHAPES(WM_SHUFFLE)
#define wm_v_shuffle_i16x8(v, i) wm_v_shuffle_any_i16x8(v, (u16x8)(i))
#define wm_v_shuffle_u16x8(v, i) wm_v_shuffle_any_u16x8(v, (u16x8)(i))
#define wm_v_shuffle_i32x4(v, i) wm_v_shuffle_any_i32x4(v, (u32x4)(i))
#define wm_v_shuffle_u32x4(v, i) wm_v_shuffle_any_u32x4(v, (u32x4)(i))
#define wm_v_shuffle_f32x4(v, i) wm_v_shuffle_any_f32x4(v, (u32x4)(i))
#define wm_v_shuffle_i64x2(v, i) wm_v_shuffle_any_i64x2(v, (u64x2)(i))
#define wm_v_shuffle_u64x2(v, i) wm_v_shuffle_any_u64x2(v, (u64x2)(i))
#define wm_v_shuffle_f64x2(v, i) wm_v_shuffle_any_f64x2(v, (u64x2)(i))
#ifdef __wasm_simd128__
#define wm_v_shuffle_i8x16(v, i) __builtin_wasm_swizzle_i8x16((v), (i))
#define wm_v_shuffle_u8x16(v, i) (u8x16)__builtin_wasm_swizzle_i8x16((i8x16)(v), (i8x16)(i))
#else
#define wm_v_shuffle_i8x16(v, i) wm_v_shuffle_any_i8x16(v, (u8x16)(i))
#define wm_v_shuffle_u8x16(v, i) wm_v_shuffle_any_u8x16(v, i)
#endif

/* Conversions between shapes. */
#define WM_WIDEN(s, n, w, W) \
  WM_INLINE w wm_v_widen_lower_##s(s v) { w r; WM_LANES(n) r[k] = (W)v[k]; return r; } \
  WM_INLINE w wm_v_widen_upper_##s(s v) { w r; WM_LANES(n) r[k] = (W)v[k + (n)]; return r; }
WM_WIDEN(i8x16, 8, i16x8, i16) WM_WIDEN(u8x16, 8, u16x8, u16) WM_WIDEN(i16x8, 4, i32x4, i32) WM_WIDEN(u16x8, 4, u32x4, u32)
WM_WIDEN(i32x4, 2, i64x2, i64) WM_WIDEN(u32x4, 2, u64x2, u64) WM_WIDEN(f32x4, 2, f64x2, f64)
#define WM_NARROW(s, n, t, T) WM_INLINE t wm_v_narrow_##s(s a, s b) { t r; WM_LANES(n) { r[k] = (T)a[k]; r[k + (n)] = (T)b[k]; } return r; }
WM_NARROW(i16x8, 8, i8x16, i8) WM_NARROW(u16x8, 8, u8x16, u8) WM_NARROW(i32x4, 4, i16x8, i16) WM_NARROW(u32x4, 4, u16x8, u16)
WM_NARROW(i64x2, 2, i32x4, i32) WM_NARROW(u64x2, 2, u32x4, u32) WM_NARROW(f64x2, 2, f32x4, f32)
#define WM_CONVERT(s, n, t, name, expression) WM_INLINE t wm_v_to_##name##_##s(s v) { t r; WM_LANES(n) r[k] = expression; return r; }
WM_CONVERT(i32x4, 4, f32x4, f32, (f32)v[k]) WM_CONVERT(u32x4, 4, f32x4, f32, (f32)v[k])
WM_CONVERT(i64x2, 2, f64x2, f64, (f64)v[k]) WM_CONVERT(u64x2, 2, f64x2, f64, (f64)v[k])
WM_CONVERT(f32x4, 4, i32x4, i32, wm_saturate_i32_f32(v[k])) WM_CONVERT(f32x4, 4, u32x4, u32, wm_saturate_u32_f32(v[k]))
WM_CONVERT(f64x2, 2, i64x2, i64, wm_saturate_i64_f64(v[k])) WM_CONVERT(f64x2, 2, u64x2, u64, wm_saturate_u64_f64(v[k]))
#define wm_v_as(s, v) ((s)(v))
