/* k nearest neighbours in five dimensions by hand: a kd-tree, built at once, with tight boxes and leaves of 16 points in structure-of-arrays order, four distances at a time.
   Exact: bounds and distances round alike and add in one order, so a bound is never above a distance in its box. Ties go to the point inserted first. */
#include "peer.h"

enum { DIM = 5, LANES = 4, LEAF = 16, MOST_DEPTH = 64 };

typedef struct { float low[DIM], high[DIM]; int32_t first, count; int32_t right; } Node; /* right: 0 for a leaf; the left child follows its parent */
typedef struct { f32x4 at[DIM]; i32x4 index; } Group;

static Node* nodes;
static Group* groups;
static int32_t node_count, group_count;
static const float* points;
static int32_t* order;
static int32_t found_ids[1024];
static float found_distances[1024];

static float coordinate(int32_t i, int d) { return points[(size_t)i * DIM + d]; }

/* Hoare's selection: afterwards order[middle] is the median of [from, end) along d. */
static void select_median(int32_t from, int32_t end, int32_t middle, int d)
{
  int32_t low = from, high = end - 1;
  while (low < high) {
    float pivot = coordinate(order[low + (high - low) / 2], d);
    int32_t i = low, j = high;
    while (i <= j) {
      while (coordinate(order[i], d) < pivot) i++;
      while (coordinate(order[j], d) > pivot) j--;
      if (i <= j) { int32_t t = order[i]; order[i++] = order[j]; order[j--] = t; }
    }
    if (middle <= j) high = j;
    else if (middle >= i) low = i;
    else return;
  }
}

static void build(int32_t from, int32_t end)
{
  Node* node = &nodes[node_count++];
  for (int d = 0; d < DIM; d++) {
    float low = coordinate(order[from], d), high = low;
    for (int32_t i = from + 1; i < end; i++) {
      float x = coordinate(order[i], d);
      low = x < low ? x : low;
      high = x > high ? x : high;
    }
    node->low[d] = low;
    node->high[d] = high;
  }
  if (end - from <= LEAF) {
    node->first = group_count;
    node->count = (end - from + LANES - 1) / LANES;
    node->right = 0;
    for (int32_t i = from; i < end; i += LANES) {
      Group* group = &groups[group_count++];
      for (int lane = 0; lane < LANES; lane++)
        for (int d = 0; d < DIM; d++) group->at[d][lane] = i + lane < end ? coordinate(order[i + lane], d) : __builtin_inff();
      for (int lane = 0; lane < LANES; lane++) group->index[lane] = i + lane < end ? order[i + lane] : INT32_MAX;
    }
    return;
  }
  int widest = 0;
  for (int d = 1; d < DIM; d++)
    if (node->high[d] - node->low[d] > node->high[widest] - node->low[widest]) widest = d;
  /* A multiple of the leaf size, so that leaves are full. */
  int32_t middle = from + ((end - from) / 2 + LEAF - 1) / LEAF * LEAF;
  select_median(from, end, middle, widest);
  build(from, middle);
  node->right = node_count;
  build(middle, end);
}

EXPORT(knn_build) void knn_build(const float* given, int32_t count)
{
  points = given;
  order = peer_alloc((size_t)count * sizeof *order);
  nodes = peer_alloc(((size_t)count / LEAF + 1) * 4 * sizeof *nodes);
  groups = peer_alloc(((size_t)count / LEAF + 1) * 2 * (LEAF / LANES) * sizeof *groups);
  node_count = group_count = 0;
  for (int32_t i = 0; i < count; i++) order[i] = i;
  if (count) build(0, count);
}

static inline float bound(const Node* node, const float* q)
{
  float s[DIM];
  for (int d = 0; d < DIM; d++) {
    float below = node->low[d] - q[d], above = q[d] - node->high[d];
    float off = below > above ? below : above;
    off = off > 0 ? off : 0;
    s[d] = off * off;
  }
  return ((s[0] + s[1]) + (s[2] + s[3])) + s[4];
}

EXPORT(knn_query) int32_t knn_query(float x, float y, float z, float w, float v, int32_t k)
{
  struct { int32_t node; float bound; } stack[MOST_DEPTH];
  const float q[DIM] = { x, y, z, w, v };
  int depth = 0;
  int32_t found = 0;
  float worst = __builtin_inff();
  if (!node_count) return 0;
  stack[depth].node = 0;
  stack[depth++].bound = bound(&nodes[0], q);
  while (depth) {
    depth--;
    if (stack[depth].bound > worst) continue;
    int32_t at = stack[depth].node;
    /* Down to a leaf, the nearer child first, the other one kept when it can still matter. */
    while (nodes[at].right) {
      int32_t near = at + 1, far = nodes[at].right;
      float near_bound = bound(&nodes[near], q), far_bound = bound(&nodes[far], q);
      if (far_bound < near_bound) {
        int32_t t = near; near = far; far = t;
        float f = near_bound; near_bound = far_bound; far_bound = f;
      }
      if (far_bound <= worst) { stack[depth].node = far; stack[depth++].bound = far_bound; }
      if (near_bound > worst) goto next;
      at = near;
    }
    const Node* leaf = &nodes[at];
    for (const Group *group = &groups[leaf->first], *end = group + leaf->count; group < end; group++) {
      f32x4 dx = group->at[0] - x, dy = group->at[1] - y, dz = group->at[2] - z, dw = group->at[3] - w, dv = group->at[4] - v;
      f32x4 distance = ((dx * dx + dy * dy) + (dz * dz + dw * dw)) + dv * dv;
      i32x4 near = distance <= worst;
      if (!(near[0] | near[1] | near[2] | near[3])) continue;
      for (int lane = 0; lane < LANES; lane++) {
        float d = distance[lane];
        int32_t index = group->index[lane];
        if (index == INT32_MAX || d > worst) continue;
        if (found == k && d == worst && index > found_ids[k - 1]) continue;
        int32_t place = found < k ? found++ : k - 1;
        for (; place > 0 && (found_distances[place - 1] > d || (found_distances[place - 1] == d && found_ids[place - 1] > index)); place--) {
          found_distances[place] = found_distances[place - 1];
          found_ids[place] = found_ids[place - 1];
        }
        found_distances[place] = d;
        found_ids[place] = index;
        if (found == k) worst = found_distances[k - 1];
      }
    }
  next:;
  }
  return found;
}

EXPORT(knn_ids) int32_t* knn_ids(void) { return found_ids; }
EXPORT(knn_distances) float* knn_distances(void) { return found_distances; }
