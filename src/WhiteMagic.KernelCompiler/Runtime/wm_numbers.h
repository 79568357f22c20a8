/* Arithmetic as .NET defines it, where C leaves it open or has nothing. */

WM_INLINE f32 wm_bits_f32(u32 bits) { union { u32 bits; f32 value; } u = { bits }; return u.value; }
WM_INLINE f64 wm_bits_f64(u64 bits) { union { u64 bits; f64 value; } u = { bits }; return u.value; }
WM_INLINE u32 wm_f32_bits(f32 value) { union { f32 value; u32 bits; } u = { value }; return u.bits; }
WM_INLINE u64 wm_f64_bits(f64 value) { union { f64 value; u64 bits; } u = { value }; return u.bits; }

/* Division by zero and the one quotient that does not fit trap; so does its remainder, which .NET throws at too. */
#define WM_INTEGER(S, U, MIN) \
  WM_INLINE S wm_div_##S(S a, S b) { if (b == 0 || (a == (MIN) && b == -1)) wm_trap(); return a / b; } \
  WM_INLINE S wm_rem_##S(S a, S b) { if (b == 0 || (a == (MIN) && b == -1)) wm_trap(); return a % b; } \
  WM_INLINE S wm_div_unsigned_##S(S a, S b) { if (b == 0) wm_trap(); return (S)((U)a / (U)b); } \
  WM_INLINE S wm_rem_unsigned_##S(S a, S b) { if (b == 0) wm_trap(); return (S)((U)a % (U)b); } \
  WM_CHECKED(add, S, U) WM_CHECKED(sub, S, U) WM_CHECKED(mul, S, U)
#define WM_CHECKED(op, S, U) \
  WM_INLINE S wm_##op##_checked_##S(S a, S b) { S r; if (__builtin_##op##_overflow(a, b, &r)) wm_trap(); return r; } \
  WM_INLINE S wm_##op##_checked_unsigned_##S(S a, S b) { U r; if (__builtin_##op##_overflow((U)a, (U)b, &r)) wm_trap(); return (S)r; }
WM_INTEGER(i32, u32, WM_MIN_I32)
WM_INTEGER(i64, u64, WM_MIN_I64)
WM_INTEGER(native, unative, WM_MIN_NATIVE)

WM_INLINE i32 wm_popcount_i32(u32 x) { return __builtin_popcount(x); }
WM_INLINE i32 wm_popcount_i64(u64 x) { return __builtin_popcountll(x); }
WM_INLINE i32 wm_clz_i32(u32 x) { return x ? __builtin_clz(x) : 32; }
WM_INLINE i32 wm_clz_i64(u64 x) { return x ? __builtin_clzll(x) : 64; }
WM_INLINE i32 wm_ctz_i32(u32 x) { return x ? __builtin_ctz(x) : 32; }
WM_INLINE i32 wm_ctz_i64(u64 x) { return x ? __builtin_ctzll(x) : 64; }

/* Floating point to integer: saturating, NaN becomes 0. */
#ifdef __wasm__
#define WM_SATURATE(T, F, builtin, LOW, END) WM_INLINE T wm_saturate_##T##_##F(F x) { return (T)__builtin_wasm_trunc_saturate_##builtin(x); }
#else
#define WM_SATURATE(T, F, builtin, LOW, END) WM_INLINE T wm_saturate_##T##_##F(F x) { \
  return x != x ? 0 : x <= (F)(LOW) ? (T)(LOW) : x >= (F)(END) ? (T)~(u64)(LOW) : (T)x; }
#endif
WM_SATURATE(i32, f32, s_i32_f32, WM_MIN_I32, 2147483648.0) WM_SATURATE(i32, f64, s_i32_f64, WM_MIN_I32, 2147483648.0)
WM_SATURATE(u32, f32, u_i32_f32, 0, 4294967296.0) WM_SATURATE(u32, f64, u_i32_f64, 0, 4294967296.0)
WM_SATURATE(i64, f32, s_i64_f32, WM_MIN_I64, 9223372036854775808.0) WM_SATURATE(i64, f64, s_i64_f64, WM_MIN_I64, 9223372036854775808.0)
WM_SATURATE(u64, f32, u_i64_f32, 0, 18446744073709551616.0) WM_SATURATE(u64, f64, u_i64_f64, 0, 18446744073709551616.0)

/* Narrower targets go through 32 bits; pointers are as wide as the machine says. */
#define WM_TO(F) \
  WM_INLINE i32 wm_to_i8_##F(F x) { return (i8)wm_saturate_i32_##F(x); } \
  WM_INLINE i32 wm_to_u8_##F(F x) { return (u8)wm_saturate_i32_##F(x); } \
  WM_INLINE i32 wm_to_i16_##F(F x) { return (i16)wm_saturate_i32_##F(x); } \
  WM_INLINE i32 wm_to_u16_##F(F x) { return (u16)wm_saturate_i32_##F(x); } \
  WM_INLINE i32 wm_to_i32_##F(F x) { return wm_saturate_i32_##F(x); } \
  WM_INLINE i32 wm_to_u32_##F(F x) { return (i32)wm_saturate_u32_##F(x); } \
  WM_INLINE i64 wm_to_i64_##F(F x) { return wm_saturate_i64_##F(x); } \
  WM_INLINE i64 wm_to_u64_##F(F x) { return (i64)wm_saturate_u64_##F(x); } \
  WM_INLINE native wm_to_native_##F(F x) { return sizeof(native) == 4 ? (native)wm_saturate_i32_##F(x) : (native)wm_saturate_i64_##F(x); } \
  WM_INLINE native wm_to_unative_##F(F x) { return sizeof(native) == 4 ? (native)wm_saturate_u32_##F(x) : (native)wm_saturate_u64_##F(x); }
WM_TO(f32)
WM_TO(f64)

/* Checked conversions: from an integer through 64 bits, from floating point when the truncated number fits. */
#define WM_TO_CHECKED(T, R, MIN, MAX, LOW, END) \
  WM_INLINE R wm_to_##T##_checked_signed(i64 x) { if (x < (MIN) || ((MAX) <= (u64)WM_MAX_I64 && x > (i64)(MAX))) wm_trap(); return (R)(T)x; } \
  WM_INLINE R wm_to_##T##_checked_unsigned(u64 x) { if (x > (MAX)) wm_trap(); return (R)(T)x; } \
  WM_INLINE R wm_to_##T##_checked_f64(f64 x) { if (!(x > (LOW) && x < (END))) wm_trap(); return wm_to_##T##_f64(x); } \
  WM_INLINE R wm_to_##T##_checked_f32(f32 x) { return wm_to_##T##_checked_f64(x); }
WM_TO_CHECKED(i8, i32, -128, 127u, -129.0, 128.0)
WM_TO_CHECKED(u8, i32, 0, 255u, -1.0, 256.0)
WM_TO_CHECKED(i16, i32, -32768, 32767u, -32769.0, 32768.0)
WM_TO_CHECKED(u16, i32, 0, 65535u, -1.0, 65536.0)
WM_TO_CHECKED(i32, i32, WM_MIN_I32, (u64)WM_MAX_I32, -2147483649.0, 2147483648.0)
WM_TO_CHECKED(u32, i32, 0, (u64)WM_MAX_U32, -1.0, 4294967296.0)
/* The next double below the smallest long is far below it. */
WM_TO_CHECKED(i64, i64, WM_MIN_I64, (u64)WM_MAX_I64, -9223372036854777856.0, 9223372036854775808.0)
WM_TO_CHECKED(u64, i64, 0, WM_MAX_U64, -1.0, 18446744073709551616.0)
#if __SIZEOF_POINTER__ == 4
WM_TO_CHECKED(native, native, WM_MIN_I32, (u64)WM_MAX_I32, -2147483649.0, 2147483648.0)
WM_TO_CHECKED(unative, native, 0, (u64)WM_MAX_U32, -1.0, 4294967296.0)
#else
WM_TO_CHECKED(native, native, WM_MIN_I64, (u64)WM_MAX_I64, -9223372036854777856.0, 9223372036854775808.0)
WM_TO_CHECKED(unative, native, 0, WM_MAX_U64, -1.0, 18446744073709551616.0)
#endif

/* Minimum and maximum: NaN wins, and -0 is below +0. */
#ifdef __wasm__
#define WM_EXTREMES(F) \
  WM_INLINE F wm_min_##F(F x, F y) { return __builtin_wasm_min_##F(x, y); } \
  WM_INLINE F wm_max_##F(F x, F y) { return __builtin_wasm_max_##F(x, y); }
#else
#define WM_EXTREMES(F) \
  WM_INLINE F wm_min_##F(F x, F y) { return x != x ? x : y != y ? y : x < y || (x == y && __builtin_signbit(x)) ? x : y; } \
  WM_INLINE F wm_max_##F(F x, F y) { return x != x ? x : y != y ? y : x > y || (x == y && !__builtin_signbit(x)) ? x : y; }
#endif
#define WM_FLOAT(F, s) \
  WM_EXTREMES(F) \
  WM_INLINE F wm_abs_##F(F x) { return __builtin_fabs##s(x); } \
  WM_INLINE F wm_sqrt_##F(F x) { return __builtin_sqrt##s(x); } \
  WM_INLINE F wm_floor_##F(F x) { return __builtin_floor##s(x); } \
  WM_INLINE F wm_ceiling_##F(F x) { return __builtin_ceil##s(x); } \
  WM_INLINE F wm_truncate_##F(F x) { return __builtin_trunc##s(x); } \
  WM_INLINE F wm_round_##F(F x) { return __builtin_rint##s(x); } \
  WM_INLINE F wm_copysign_##F(F x, F y) { return __builtin_copysign##s(x, y); }
WM_FLOAT(f32, f)
WM_FLOAT(f64, )

/* The remainder is exact: long division of the mantissas, one bit at a time. */
static f64 wm_rem_f64(f64 x, f64 y) {
  const u64 magnitude = ~(u64)0 >> 1, infinity = (u64)0x7ff << 52, hidden = (u64)1 << 52;
  u64 a = wm_f64_bits(x) & magnitude, b = wm_f64_bits(y) & magnitude, sign = wm_f64_bits(x) & ~magnitude;
  if (b == 0 || a >= infinity || b > infinity) return wm_bits_f64((u64)0xfff8 << 48);
  if (a < b) return x;
  i32 ea = (i32)(a >> 52), eb = (i32)(b >> 52);
  a &= hidden - 1;
  b &= hidden - 1;
  if (ea) a |= hidden; else for (ea = 1; !(a & hidden); ea--) a <<= 1;
  if (eb) b |= hidden; else for (eb = 1; !(b & hidden); eb--) b <<= 1;
  for (; ea > eb; ea--) {
    if (a >= b) a -= b;
    a <<= 1;
  }
  if (a >= b) a -= b;
  if (a == 0) return wm_bits_f64(sign);
  for (; !(a & hidden); ea--) a <<= 1;
  return wm_bits_f64(sign | (ea > 0 ? (a & (hidden - 1)) | (u64)ea << 52 : a >> (1 - ea)));
}
/* A float's remainder is a float, so the double's needs no rounding. */
WM_INLINE f32 wm_rem_f32(f32 x, f32 y) { return (f32)wm_rem_f64(x, y); }

/* One thread: what is atomic in .NET is plain here. */
#define WM_ATOMIC(S, U) \
  WM_INLINE S wm_atomic_exchange_##S(ptr p, S v) { S old = WM_AT(S, p); WM_AT(S, p) = v; return old; } \
  WM_INLINE S wm_atomic_compare_exchange_##S(ptr p, S v, S expected) { S old = WM_AT(S, p); if (old == expected) WM_AT(S, p) = v; return old; } \
  WM_INLINE S wm_atomic_add_##S(ptr p, S v) { return WM_AT(S, p) = (S)((U)WM_AT(S, p) + (U)v); } \
  WM_INLINE S wm_atomic_exchange_add_##S(ptr p, S v) { S old = WM_AT(S, p); WM_AT(S, p) = (S)((U)old + (U)v); return old; } \
  WM_INLINE S wm_atomic_increment_##S(ptr p) { return wm_atomic_add_##S(p, 1); } \
  WM_INLINE S wm_atomic_decrement_##S(ptr p) { return wm_atomic_add_##S(p, -1); } \
  WM_INLINE S wm_atomic_and_##S(ptr p, S v) { S old = WM_AT(S, p); WM_AT(S, p) = old & v; return old; } \
  WM_INLINE S wm_atomic_or_##S(ptr p, S v) { S old = WM_AT(S, p); WM_AT(S, p) = old | v; return old; }
WM_ATOMIC(i32, u32)
WM_ATOMIC(i64, u64)
