// What the sandbox is measured by: each export does one kind of work n times over and gives a number by which it is checked.
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(#name)))
#define MEBIBYTE (1u << 20)

static uint8_t bytes[MEBIBYTE];

EXPORT(fib) uint32_t fib(uint32_t n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

EXPORT(alu) uint32_t alu(uint32_t n) {
  uint32_t sum = 1;
  for (uint32_t i = 0; i < n; i++) sum += (i * i) ^ (sum >> 3) ^ (sum << 5);
  return sum;
}

EXPORT(sieve) uint32_t sieve(uint32_t n) {
  uint32_t count = 0;
  for (uint32_t round = 0; round < n; round++) {
    count = 0;
    __builtin_memset(bytes, 1, MEBIBYTE);
    for (uint32_t i = 2; i < MEBIBYTE; i++) {
      if (!bytes[i]) continue;
      count++;
      for (uint32_t k = i + i; k < MEBIBYTE; k += i) bytes[k] = 0;
    }
  }
  return count;
}

static const uint32_t k[64] = {
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
  0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
  0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
  0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotate(uint32_t x, int by) { return (x >> by) | (x << (32 - by)); }

static void block(uint32_t state[8], const uint8_t *from) {
  uint32_t w[64], a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
  for (int i = 0; i < 16; i++) w[i] = (uint32_t)from[4 * i] << 24 | (uint32_t)from[4 * i + 1] << 16 | (uint32_t)from[4 * i + 2] << 8 | from[4 * i + 3];
  for (int i = 16; i < 64; i++) {
    uint32_t s0 = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ (w[i - 15] >> 3), s1 = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ (w[i - 2] >> 10);
    w[i] = w[i - 16] + s0 + w[i - 7] + s1;
  }
  for (int i = 0; i < 64; i++) {
    uint32_t t1 = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i];
    uint32_t t2 = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
    h = g; g = f; f = e; e = d + t1; d = c; c = b; b = a; a = t1 + t2;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

// The first word of the SHA-256 of n times a mebibyte of a pattern.
EXPORT(sha256) uint32_t sha256(uint32_t n) {
  uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  for (uint32_t i = 0; i < MEBIBYTE; i++) bytes[i] = (uint8_t)(i * 31 + (i >> 8));
  for (uint32_t round = 0; round < n; round++) for (uint32_t at = 0; at < MEBIBYTE; at += 64) block(state, bytes + at);
  uint8_t last[64] = {0x80};
  uint64_t bits = (uint64_t)n * MEBIBYTE * 8;
  for (int i = 0; i < 8; i++) last[56 + i] = (uint8_t)(bits >> (56 - 8 * i));
  block(state, last);
  return state[0];
}

// Reads a mebibyte of JSON n times: how deep it is, how many strings, escapes and numbers, and their sum.
EXPORT(json) uint32_t json(uint32_t n) {
  static const char text[] = "{\"id\":12345,\"title\":\"A \\\"quoted\\\" word\",\"tags\":[\"one\",\"two\",\"three\"],\"importance\":75,\"content\":\"Some more or less ordinary text of a memory, with no end to it.\"},";
  uint32_t length = 0;
  while (length + sizeof text < MEBIBYTE) for (uint32_t i = 0; i < sizeof text - 1; i++) bytes[length++] = (uint8_t)text[i];
  uint32_t depth = 0, deepest = 0, strings = 0, escapes = 0, numbers = 0;
  for (uint32_t round = 0; round < n; round++) {
    for (uint32_t i = 0; i < length; i++) {
      uint8_t c = bytes[i];
      if (c == '"') {
        strings++;
        for (i++; i < length && bytes[i] != '"'; i++) if (bytes[i] == '\\') { escapes++; i++; }
      } else if (c == '{' || c == '[') {
        if (++depth > deepest) deepest = depth;
      } else if (c == '}' || c == ']') {
        depth--;
      } else if (c >= '0' && c <= '9') {
        uint32_t number = 0;
        for (; i < length && bytes[i] >= '0' && bytes[i] <= '9'; i++) number = number * 10 + bytes[i] - '0';
        numbers += number;
        i--;
      }
    }
  }
  return deepest + strings * 3 + escapes * 7 + numbers;
}

static uint32_t f0(uint32_t x) { return x + 1; }
static uint32_t f1(uint32_t x) { return x ^ 0x55; }
static uint32_t f2(uint32_t x) { return x << 1; }
static uint32_t f3(uint32_t x) { return x * 5; }
static uint32_t (*volatile const functions[4])(uint32_t) = {f0, f1, f2, f3};

EXPORT(indirect) uint32_t indirect(uint32_t n) {
  uint32_t x = 1;
  for (uint32_t i = 0; i < n; i++) x = functions[(x ^ i) & 3](x);
  return x;
}
