// A policy by hand: whoever deletes memories outside of the galaxy "scratch" is refused. Compile it with:
//   clang --target=wasm32 -O2 -nostdlib -Wl,--no-entry -o scratch.wasm scratch.c
// docs/governance-modules.md describes the record that comes in and the answer that goes out.
#define EXPORT(name) __attribute__((export_name(#name)))

static unsigned char memory[1 << 20];
static unsigned used;

static unsigned number(const unsigned char *at) { return at[0] | at[1] << 8 | at[2] << 16 | (unsigned)at[3] << 24; }

EXPORT(wm_abi_version) int version(void) { return 1; }

EXPORT(wm_alloc) void *allocate(unsigned bytes) {
  if (bytes > sizeof memory - used) return 0;
  void *block = memory + used;
  used += (bytes + 15) & ~15u;
  return block;
}

EXPORT(dharma_evaluate) unsigned long long evaluate(const unsigned char *record, unsigned length) {
  enum { effect_delete = 3, action_block = 6, head = 24, rule = 16 };
  static const char scratch[] = "scratch", why[] = "only the galaxy scratch may lose memories";
  unsigned at = head + number(record + 12) * rule;
  for (int text = 0; text < 3; text++) at += 4 + number(record + at);  // tool, agent, session
  unsigned galaxy = number(record + at), is_scratch = galaxy == sizeof scratch - 1;
  for (unsigned i = 0; i < galaxy && is_scratch; i++) is_scratch = record[at + 4 + i] == (unsigned char)scratch[i];
  (void)length;

  struct { int version, action; double severity; char reason[sizeof why - 1]; } *answer = allocate(16 + sizeof why - 1);
  if (!answer) return 0;
  int refused = number(record + 4) == effect_delete && !is_scratch;
  answer->version = 1;
  answer->action = refused ? action_block : 0;
  answer->severity = refused ? 0.9 : 0;
  for (unsigned i = 0; i < sizeof why - 1; i++) answer->reason[i] = why[i];
  return (unsigned)answer | (refused ? 16 + sizeof why - 1 : 16ull) << 32;
}
