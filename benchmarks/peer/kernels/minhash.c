/* MinHash signature of a text by hand: the definition of src/WhiteMagic.Kernels/MinHash with the same 128 functions, four lanes at a time. */
#include "peer.h"

enum { ROWS = 128, SHINGLE = 5, GATHERED = 256 };
#define PRIME1 0x9E3779B1u
#define PRIME2 0x85EBCA77u
#define PRIME3 0xC2B2AE3Du
#define ROLL 0x2C9277B5u

typedef uint32_t lanes __attribute__((ext_vector_type(4)));

static uint32_t gathered[GATHERED];
static int gathered_count;
static lanes rows[ROWS / 4];

static inline uint32_t spread(uint32_t h)
{
  h = (h ^ h >> 16) * 0x85EBCA6Bu;
  h = (h ^ h >> 13) * 0xC2B2AE35u;
  return h ^ h >> 16;
}

static inline lanes mix(lanes x)
{
  x *= PRIME1;
  x ^= x >> 15;
  return x * PRIME2;
}

static inline lanes seeds(uint32_t first)
{
  lanes function = { first, first + 1, first + 2, first + 3 };
  lanes x = mix(function * PRIME1 + PRIME3);
  return x ^ x >> 13;
}

static void absorb(void)
{
  for (int i = 0; i < ROWS / 4; i += 4) {
    lanes s0 = seeds(4 * i), s1 = seeds(4 * i + 4), s2 = seeds(4 * i + 8), s3 = seeds(4 * i + 12);
    lanes m0 = rows[i], m1 = rows[i + 1], m2 = rows[i + 2], m3 = rows[i + 3];
    for (int j = 0; j < gathered_count; j++) {
      lanes element = gathered[j];
      m0 = __builtin_elementwise_min(m0, mix(element ^ s0));
      m1 = __builtin_elementwise_min(m1, mix(element ^ s1));
      m2 = __builtin_elementwise_min(m2, mix(element ^ s2));
      m3 = __builtin_elementwise_min(m3, mix(element ^ s3));
    }
    rows[i] = m0;
    rows[i + 1] = m1;
    rows[i + 2] = m2;
    rows[i + 3] = m3;
  }
  gathered_count = 0;
}

static inline void add(uint32_t element)
{
  if (gathered_count == GATHERED) absorb();
  gathered[gathered_count++] = spread(element);
}

static inline uint32_t hash_byte(uint32_t hash, uint8_t b)
{
  return (hash ^ (b - 'A' < 26u ? b | 0x20u : b)) * 0x01000193u;
}

static inline int is_narrow(uint8_t b)
{
  return (b >= 0x80 && b < 0xE0) || (b | 0x20) - 'a' < 26u || b - '0' < 10u;
}

EXPORT(minhash_signature) void minhash_signature(const uint8_t* text, int32_t length, uint32_t* signature)
{
  const uint32_t roll5 = ROLL * ROLL * ROLL * ROLL * ROLL;
  uint32_t latest[SHINGLE] = { 0 }, shingle = 0;
  int words = 0, slot = 0;
  const uint8_t *at = text, *end = text + length;
  for (int i = 0; i < ROWS / 4; i++) rows[i] = (lanes)0xFFFFFFFFu;
  while (at < end) {
    uint32_t word = 0x811C9DC5u;
    if (*at >= 0xE0) {
      do word = hash_byte(word, *at++); while (at < end && (*at & 0xC0) == 0x80);
    } else if (is_narrow(*at)) {
      do word = hash_byte(word, *at++); while (at < end && is_narrow(*at));
    } else {
      at++;
      continue;
    }
    word = spread(word);
    shingle = shingle * ROLL + word - latest[slot] * roll5;
    latest[slot] = word;
    slot = slot == SHINGLE - 1 ? 0 : slot + 1;
    if (++words >= SHINGLE) add(shingle);
  }
  if (!words) {
    shingle = 0x811C9DC5u;
    for (at = text; at < end; at++) shingle = hash_byte(shingle, *at);
  }
  if (words < SHINGLE && length > 0) add(shingle);
  absorb();
  __builtin_memcpy(signature, rows, sizeof rows);
}
