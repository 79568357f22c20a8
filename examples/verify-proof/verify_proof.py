#!/usr/bin/env python3
"""Checks entries of a WhiteMagic ledger without WhiteMagic: verify_proof.py PROOF.json CHECKPOINT.txt

PROOF.json is what `wm karma prove ENTRY --against CHECKPOINT.txt` printed; CHECKPOINT.txt was kept elsewhere. docs/karma.md explains the bytes."""
import base64, hashlib, json, struct, sys
def sha(data): return hashlib.sha256(data).digest()
def node(left, right): return sha(b"\1" + left + right)

def is_included(leaf, index, size, path, root):          # RFC 9162, section 2.1.3.2
    last = size - 1
    if not 0 <= index <= last: return False
    for sibling in path:
        if last == 0: return False
        if index & 1 or index == last:
            leaf = node(sibling, leaf)
            while not index & 1 and index: index >>= 1; last >>= 1
        else: leaf = node(leaf, sibling)
        index >>= 1; last >>= 1
    return last == 0 and leaf == root

def is_consistent(size, root, new_size, new_root, path): # RFC 9162, section 2.1.4.2
    if size >= new_size or not path: return (size, root) == (new_size, new_root)
    if size & (size - 1) == 0: path = [root] + path
    index, last, old, new = size - 1, new_size - 1, path[0], path[0]
    while index & 1: index >>= 1; last >>= 1
    for step in path[1:]:
        if last == 0: return False
        if index & 1 or index == last:
            old, new = node(step, old), node(step, new)
            while not index & 1 and index: index >>= 1; last >>= 1
        else: new = node(new, step)
        index >>= 1; last >>= 1
    return last == 0 and old == root and new == new_root

def checkpoint(text):
    origin, size, root = text.split("\n")[:3]
    return origin, int(size), base64.b64decode(root, validate=True)

def fields(code):                                        # the canonical encoding, version 1
    at = 1
    def take(count): nonlocal at; at += count; return code[at - count:at]
    def text(): return take(struct.unpack(">i", take(4))[0]).decode()
    version, (sequence, ms) = code[0], struct.unpack(">qq", take(16))
    tool, agent, session, effect, (changed,) = text(), text(), text(), take(1)[0], struct.unpack(">q", take(8))
    return dict(version=version, sequence=sequence, ms=ms, tool=tool, agent=agent, effect=effect, changed=changed, outcome=text(), rules=text())

proof = json.load(open(sys.argv[1], encoding="utf-8"))
origin, size, root = checkpoint(open(sys.argv[2], encoding="utf-8").read())
if (origin, size, root) != checkpoint(proof["checkpoint"]): sys.exit("FALSE: the proof is against another checkpoint")
if size < 1 or not proof["entries"]: sys.exit("FALSE: a checkpoint of no entries, or a proof of none, shows nothing")
for entry in proof["entries"]:
    code, path = bytes.fromhex(entry["encoding"]), [bytes.fromhex(step) for step in entry["path"]]
    shown = fields(code)
    if shown["version"] != 1 or sha(code).hex() != entry["hash"] or not is_included(sha(b"\0" + code), shown["sequence"] - 1, size, path, root):
        sys.exit(f"FALSE: entry {entry['sequence']} is not in the ledger of this checkpoint")
    print("proved:", shown)
if "now" in proof:
    now, steps = checkpoint(proof["now"]), [bytes.fromhex(step) for step in proof["consistency"]]
    if now[0] != origin or not is_consistent(size, root, now[1], now[2], steps): sys.exit("FALSE: the ledger now does not begin with that of the checkpoint")
    print("proved: the", now[1], "entries now begin with the", size, "of the checkpoint")
