#!/usr/bin/env bash
# Measures peak memory of `wct stylize` on large pictures, and the time per pixel compared with a picture of one megapixel. See
# memory/README.md.
set -euo pipefail
cd "$(dirname "$0")/memory"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

side=10000 rounds=3 models=../../../shared/models/compact16x
while [ $# -gt 0 ]; do
  case $1 in
    --side) side=$2 ;;
    --rounds) rounds=$2 ;;
    --models) models=$2 ;;
    *) echo "unknown option $1 (--side, --rounds, --models)" >&2; exit 2 ;;
  esac
  shift 2
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
wct=../../src/Wct.Cli/bin/Release/net10.0/wct
dotnet build -c Release -v quiet ../../src/Wct.Cli
python3 picture.py 512 512 1 "$work/style.ppm"
python3 picture.py 1000 1000 2 "$work/small.ppm"
python3 picture.py 3840 2160 3 "$work/4k.ppm"
python3 picture.py "$side" "$side" 4 "$work/large.ppm"
"$wct" weights random --architecture vgg19 --seed 1 -o "$work/vgg19.safetensors" >/dev/null
if [ ! -e "$models" ]; then
  models=$work/compact.safetensors
  "$wct" weights random --architecture compact --seed 1 -o "$models" >/dev/null
fi

# measure CONTENT ARGUMENT...: prints elapsed seconds, CPU seconds of all cores, and peak kB.
measure() {
  /usr/bin/time -f '%e %U %S %M' -o "$work/figures" "$wct" stylize "$work/$1.ppm" "$work/style.ppm" -o "$work/out.ppm" -q "${@:2}"
  awk '{ printf "%.2f %.2f %d\n", $1, $2 + $3, $4 }' "$work/figures"
}

read -r time cpu peak <<<"$(measure 4k -w "$work/vgg19.safetensors")"
echo "3840x2160, full-size networks, default options: $peak kB, $time s (CPU $cpu s)"

# The two alternate, so that other load on the machine affects both.
for ((round = 0; round < rounds; round++)); do
  measure small -w "$models" --max-memory 2G >>"$work/small.txt"
  measure large -w "$models" --max-memory 2G >>"$work/large.txt"
done

awk -v side="$side" '
  FNR == 1 { file++ }
  { if (!(file in time) || $1 < time[file]) time[file] = $1; if (!(file in cpu) || $2 < cpu[file]) cpu[file] = $2; if ($3 > peak[file]) peak[file] = $3 }
  END {
    pixels = side * side / 1e6
    printf "1000x1000, --max-memory 2G: %d kB, %.2f s, CPU %.2f s per megapixel\n", peak[1], time[1], cpu[1]
    printf "%dx%d, --max-memory 2G: %d kB, %.2f s, CPU %.2f s per megapixel\n", side, side, peak[2], time[2] / pixels, cpu[2] / pixels
    printf "time per pixel, large beside small: %.2f, CPU %.2f\n", time[2] / pixels / time[1], cpu[2] / pixels / cpu[1]
  }' "$work/small.txt" "$work/large.txt"
