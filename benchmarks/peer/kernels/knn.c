/* k nearest neighbours in five dimensions by hand, with the algorithm of src/WhiteMagic.Kernels/SpatialIndex5D: a tree of boxes, sixteen children or thirty-two points to a
   node, in columns, four at a time; three quarters full, as a tree is that takes insertions. Depth first, nearest box first, the best k in a heap. Without simd128 one at a time.
   Exact: bounds and distances round alike and add in one order, so a bound is never above a distance in its box. Ties go to the point inserted first. */
#include "peer.h"

enum { DIM = 5, LANES = 4, FANOUT = 16, LEAF = 32, FANOUT_TARGET = 12, LEAF_TARGET = 24, MOST_LEVELS = 12, MOST_K = 1024 };

typedef struct {
  float columns[DIM * LEAF]; /* a leaf: five columns of 32; an inner node: for each axis the lowest and the highest of 16 boxes */
  int32_t entries[LEAF];     /* points or children */
  int32_t count, level;
} Node;
typedef struct { float distance; int32_t node; } Visit;

static Node* nodes;
static int32_t node_count, root;
static const float* points;
static int32_t* order;
static int32_t heap_count, heap_ids[MOST_K];
static float heap_distances[MOST_K];

static float coordinate(int32_t i, int d) { return points[(size_t)i * DIM + d]; }

/* Hoare's selection: afterwards none of [0, at) is higher on the axis than one from there on. */
static void select_at(int32_t* of, int32_t count, int32_t at, int d)
{
  int32_t low = 0, high = count - 1;
  while (low < high) {
    float pivot = coordinate(of[low + (high - low) / 2], d);
    int32_t i = low, j = high;
    while (i <= j) {
      while (coordinate(of[i], d) < pivot) i++;
      while (coordinate(of[j], d) > pivot) j--;
      if (i <= j) { int32_t t = of[i]; of[i++] = of[j]; of[j--] = t; }
    }
    if (at <= j) high = j;
    else if (at >= i) low = i;
    else return;
  }
}

static int widest(const int32_t* of, int32_t count)
{
  int best = 0;
  float extent = -1;
  for (int d = 0; d < DIM; d++) {
    float low = coordinate(of[0], d), high = low;
    for (int32_t i = 1; i < count; i++) {
      float x = coordinate(of[i], d);
      low = x < low ? x : low;
      high = x > high ? x : high;
    }
    if (high - low > extent) { extent = high - low; best = d; }
  }
  return best;
}

static int32_t capacity(int level)
{
  int64_t all = LEAF_TARGET;
  while (level-- > 0) all *= FANOUT_TARGET;
  return all > INT32_MAX ? INT32_MAX : (int32_t)all;
}

static void adopt(int32_t parent, int32_t child)
{
  Node *to = &nodes[parent], *from = &nodes[child];
  int slot = to->count++, high = from->level ? FANOUT : 0;
  to->entries[slot] = child;
  for (int d = 0; d < DIM; d++) {
    const float* column = from->columns + d * LEAF;
    float lowest = column[0], highest = column[high];
    for (int i = 1; i < from->count; i++) {
      lowest = column[i] < lowest ? column[i] : lowest;
      highest = column[high + i] > highest ? column[high + i] : highest;
    }
    to->columns[d * LEAF + slot] = lowest;
    to->columns[d * LEAF + FANOUT + slot] = highest;
  }
}

static int32_t build(int32_t* of, int32_t count, int level);

static void adopt_parts(int32_t parent, int32_t* of, int32_t count, int parts, int level)
{
  if (parts == 1) { adopt(parent, build(of, count, level)); return; }
  int32_t lower = (int32_t)((int64_t)count * (parts / 2) / parts);
  select_at(of, count, lower, widest(of, count));
  adopt_parts(parent, of, lower, parts / 2, level);
  adopt_parts(parent, of + lower, count - lower, parts - parts / 2, level);
}

static int32_t build(int32_t* of, int32_t count, int level)
{
  int32_t node = node_count++;
  nodes[node].count = 0;
  nodes[node].level = level;
  if (level) {
    int32_t most = capacity(level - 1);
    adopt_parts(node, of, count, (count - 1) / most + 1, level - 1);
    return node;
  }
  for (int i = 0; i < count; i++) {
    for (int d = 0; d < DIM; d++) nodes[node].columns[d * LEAF + i] = coordinate(of[i], d);
    nodes[node].entries[i] = of[i];
  }
  nodes[node].count = count;
  return node;
}

EXPORT(knn_build) void knn_build(const float* given, int32_t count)
{
  points = given;
  order = peer_alloc((size_t)count * sizeof *order);
  nodes = peer_alloc(((size_t)count / (LEAF_TARGET / 2) + MOST_LEVELS) * sizeof *nodes);
  node_count = 0;
  for (int32_t i = 0; i < count; i++) order[i] = i;
  int level = 0;
  while (capacity(level) < count) level++;
  root = count ? build(order, count, level) : -1;
}

#if defined __wasm__ && !defined __wasm_simd128__
enum { AT_ONCE = 1 };
typedef float lanes;
static inline lanes load(const float* from) { return *from; }
static inline lanes splat(float x) { return x; }
static inline lanes larger(lanes a, lanes b) { return a > b ? a : b; }
static inline unsigned within_limit(lanes distance, float limit) { return distance <= limit; }
#else
enum { AT_ONCE = LANES };
typedef f32x4 lanes;
static inline lanes load(const float* from) { lanes v; __builtin_memcpy(&v, from, sizeof v); return v; }
static inline lanes splat(float x) { return (lanes){ x, x, x, x }; }
static inline lanes larger(lanes a, lanes b)
{
  i32x4 mask = a > b;
  return (lanes)((mask & (i32x4)a) | (~mask & (i32x4)b));
}

/* Bit k for lane k. */
static inline unsigned within_limit(lanes distance, float limit)
{
  i32x4 mask = distance <= splat(limit);
#ifdef __wasm__
  return (unsigned)__builtin_wasm_bitmask_i32x4(mask);
#else
  return (unsigned)__builtin_ia32_movmskps((lanes)mask);
#endif
}
#endif

static inline lanes add_squares(lanes x, lanes y, lanes z, lanes w, lanes v) { return ((x * x + y * y) + (z * z + w * w)) + v * v; }

static inline lanes outside(const float* low, lanes at) { return larger(larger(load(low) - at, at - load(low + FANOUT)), splat(0)); }

static inline int is_worse(float distance, int32_t id, float than, int32_t than_id) { return distance > than || (distance == than && id > than_id); }

static void sift_down(int32_t count, float distance, int32_t id)
{
  int32_t at = 0, child;
  for (; (child = 2 * at + 1) < count; at = child) {
    if (child + 1 < count && is_worse(heap_distances[child + 1], heap_ids[child + 1], heap_distances[child], heap_ids[child])) child++;
    if (!is_worse(heap_distances[child], heap_ids[child], distance, id)) break;
    heap_distances[at] = heap_distances[child];
    heap_ids[at] = heap_ids[child];
  }
  heap_distances[at] = distance;
  heap_ids[at] = id;
}

/* The limit afterwards. */
static inline float offer(float distance, int32_t id, int32_t k, float limit)
{
  if (heap_count < k) {
    int32_t at = heap_count++;
    while (at > 0) {
      int32_t parent = (at - 1) / 2;
      if (!is_worse(distance, id, heap_distances[parent], heap_ids[parent])) break;
      heap_distances[at] = heap_distances[parent];
      heap_ids[at] = heap_ids[parent];
      at = parent;
    }
    heap_distances[at] = distance;
    heap_ids[at] = id;
  } else if (is_worse(heap_distances[0], heap_ids[0], distance, id)) sift_down(k, distance, id);
  return heap_count == k ? heap_distances[0] : limit;
}

EXPORT(knn_query) int32_t knn_query(float x, float y, float z, float w, float v, int32_t k)
{
  Visit visits[MOST_LEVELS * FANOUT];
  const lanes qx = splat(x), qy = splat(y), qz = splat(z), qw = splat(w), qv = splat(v);
  float limit = __builtin_inff();
  int count = 0;
  heap_count = 0;
  if (root >= 0) visits[count++] = (Visit){ 0, root };
  while (count) {
    Visit visit = visits[--count];
    if (visit.distance > limit) continue;
    const Node* node = &nodes[visit.node];
    const float* column = node->columns;
    int bottom = count;
    for (int first = 0; first < node->count; first += AT_ONCE, column += AT_ONCE) {
      lanes some = node->level
        ? add_squares(outside(column, qx), outside(column + LEAF, qy), outside(column + 2 * LEAF, qz), outside(column + 3 * LEAF, qw), outside(column + 4 * LEAF, qv))
        : add_squares(load(column) - qx, load(column + LEAF) - qy, load(column + 2 * LEAF) - qz, load(column + 3 * LEAF) - qw, load(column + 4 * LEAF) - qv);
      unsigned within = within_limit(some, limit);
      if (node->count - first < AT_ONCE) within &= (1u << (node->count - first)) - 1;
      if (!within) continue;
      float distances[AT_ONCE];
      __builtin_memcpy(distances, &some, sizeof some);
      for (; within; within &= within - 1) {
        int lane = __builtin_ctz(within);
        float distance = distances[lane];
        if (!node->level) {
          if (distance <= limit) limit = offer(distance, node->entries[first + lane], k, limit);
          continue;
        }
        int place = count++;
        for (; place > bottom && visits[place - 1].distance < distance; place--) visits[place] = visits[place - 1];
        visits[place] = (Visit){ distance, node->entries[first + lane] };
      }
    }
  }
  for (int32_t end = heap_count - 1; end > 0; end--) {
    float distance = heap_distances[end];
    int32_t id = heap_ids[end];
    heap_distances[end] = heap_distances[0];
    heap_ids[end] = heap_ids[0];
    sift_down(end, distance, id);
  }
  return heap_count;
}

EXPORT(knn_ids) int32_t* knn_ids(void) { return heap_ids; }
EXPORT(knn_distances) float* knn_distances(void) { return heap_distances; }
