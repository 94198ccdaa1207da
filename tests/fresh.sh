#!/usr/bin/env bash
# Does what a new user does on a machine with the .NET SDK, git and common shell programs: clones, then runs the README's two commands.
# There is no ../shared beside the clone, and the programs that tests could use as oracles are replaced by others of the same names.
#
#   tests/fresh.sh [FOLDER]
#
# FOLDER must be new (default: a temporary folder, deleted at the end). Prints how many tests passed, failed and were skipped, with reasons.
# The exit code is 1 if a test failed or none passed. Uncommitted changes are not tested.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet=$(command -v dotnet)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
folder=${1:-$work/clone}
[ ! -e "$folder" ] || { echo "$folder exists already"; exit 2; }
# One level deeper, so that there is no ../shared.
mkdir -p "$folder"
folder=$(cd "$folder" && pwd)/wct
git clone --quiet "$PWD" "$folder"

# The path contains only these programs.
mkdir "$work/path"
for name in sh bash env git ls cat cp mv rm mkdir rmdir ln chmod mktemp mkfifo touch head tail sort uniq wc cut tr tee sleep date uname dirname basename \
  realpath readlink stat id true false test expr seq sed grep awk find nohup timeout; do
  # Some are also built into the shell, which `command -v` would name.
  found=$(type -P "$name" || true)
  [ ! -x "$found" ] || ln -s "$found" "$work/path/$name"
done
ln -s "$dotnet" "$work/path/dotnet"
# Different programs of the same names, as on Windows, where 'convert' converts file systems.
for name in convert magick cjpeg djpeg jpegtran pngtopnm pnmtopng ppmtopgm pgmtopbm pamdepth pnmtoplainpnm python3 node script valgrind mono nm gcc g++ clang; do
  printf '#!/bin/sh\necho "%s: another program of this name"\n' "$name" >"$work/path/$name"
  chmod +x "$work/path/$name"
done
export PATH=$work/path DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
cd "$folder"

# The README's first commands.
awk '/^```/ {inside = !inside; if (!inside) exit; next} inside' README.md >"$work/commands"
[ "$(wc -l <"$work/commands")" = 2 ] || { echo "the README begins with other than two commands:"; cat "$work/commands"; exit 2; }
{ read -r first; read -r second; } <"$work/commands"
echo "$first"
sh -c "$first"
[ -s out.png ] || { echo "no out.png"; exit 1; }
echo "$second"
mkdir "$work/results"
sh -c "$second --logger 'trx;LogFilePrefix=tests' --results-directory '$work/results'" >"$work/log" 2>&1 && status=0 || status=$?

count() { sed -nE "s/.*$1: +([0-9]+),.*/\1/p" "$work/log" | awk '{n += $1} END {print n + 0}'; }
failed=$(count Failed) passed=$(count Passed) skipped=$(count Skipped)
echo "skipped, by reason:"
: >"$work/none"
# Reasons that differ only in numbers and names are counted together.
find "$work/results" -name '*.trx' -exec .ci/unexpected-skips "$work/none" fresh {} + | grep -v '^skipped [0-9]*$' \
  | sed -E "s/^.*[^:]: (needs|no |compiles|libwct|an |Windows|permissions|This|'script'|.* has no)/\1/; s|\.\./shared/[^,]*,|../shared/...,|; s|: /.*||" | sort | uniq -c | sort -rn
# The counts don't show a crash or a build error.
if [ "$status" != 0 ] || [ "$passed" = 0 ]; then
  grep -vE '^\s+(Determining|Restored|Skipped)|\[SKIP\]$' "$work/log" | tail -n 300
  echo "failed:"
  grep -E '^  Failed ' "$work/log" || true
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$status" = 0 ] && [ "$failed" = 0 ] && [ "$passed" != 0 ]
