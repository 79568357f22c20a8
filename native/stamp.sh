# Sourced. Knows whether what was built is as new as its sources, so that nothing is built twice and nothing old is run.
# The caller sets root, and these: built (a file that the build leaves), stamp, inputs (array of files and folders below root).

say() { echo "wm: $*" >&2; }

sources() { find "${inputs[@]}" \( -name node_modules -o -name bin -o -name obj \) -prune -o "$@"; }

# A look at the times is enough nearly always (10 ms); what it finds newer is then compared by content.
is_stale() { [ ! -e "$built" ] || [ ! -f "$stamp" ] || [ -n "$(cd "$root" && sources -newer "$stamp" -print -quit)" ]; }

content() { (cd "$root" && sources -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c1-64); }

# Runs the command when the sources changed, alone: others that want the same wait for it.
# The command gets 9>&-, since build daemons outlive the build and would keep the lock.
refresh() {
  mkdir -p "$(dirname "$stamp")"
  exec 9>"$(dirname "$stamp")/.lock"
  flock 9
  if is_stale; then
    touch "$stamp.new"
    local now
    now=$(content)
    if [ ! -e "$built" ] || [ "$(cat "$stamp" 2>/dev/null)" != "$now" ]; then "$@" 9>&-; fi
    echo "$now" > "$stamp.tmp"
    touch -r "$stamp.new" "$stamp.tmp"
    mv -f "$stamp.tmp" "$stamp"
    rm -f "$stamp.new"
  fi
  exec 9>&-
}
