#!/usr/bin/env bash
# Compares the peak memory of each control with --max-memory, for a picture of 24 megapixels. See README.md.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

width=6000 height=4000 limit=1400 wct='' only=''
while [ $# -gt 0 ]; do
  case $1 in
    --width) width=$2 ;;
    --height) height=$2 ;;
    --limit) limit=$2 ;;
    --wct) wct=$2 ;;
    --only) only=$2 ;;
    *) echo "unknown option $1 (--width, --height, --limit, --wct, --only)" >&2; exit 2 ;;
  esac
  shift 2
done

if [ -z "$wct" ]; then
  dotnet build -c Release -v quiet ../../src/Wct.Cli
  wct=../../src/Wct.Cli/bin/Release/net10.0/wct
fi
work=$(mktemp -d -p "${TMPDIR:-/var/tmp}")
trap 'rm -rf "$work"' EXIT
python3 picture.py "$width" "$height" 1 "$work/photo.ppm"
for seed in 2 3; do python3 picture.py 512 512 "$seed" "$work/style$seed.ppm"; done
python3 picture.py "$width" "$height" 4 "$work/large-style.ppm"
# Two soft masks that add up to white.
python3 - "$width" "$height" "$work" <<'END'
import sys
width, height, work = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
row = bytes(min(255, x * 256 // width) for x in range(width))
for name, own in (("mask1", row), ("mask2", bytes(255 - value for value in row))):
    with open(f"{work}/{name}.pgm", "wb") as file:
        file.write(b"P5\n%d %d\n255\n" % (width, height) + own * height)
END
side=$((width / 16 * 16))x$((height / 16 * 16))

failed=0
# run NAME ARGUMENT...: measures and prints one line of the table.
run() {
  local name=$1 code=0 seconds='' peak='' verdict
  shift
  [ -z "$only" ] || [[ $name == *$only* ]] || return 0
  /usr/bin/time -f '%e %M' -o "$work/figures" "$wct" "$@" -o "$work/out.ppm" -q --max-memory "${limit}M" 2>"$work/error" || code=$?
  read -r seconds peak <<<"$(tail -n 1 "$work/figures")"
  verdict=$(awk -v peak="$peak" -v most="$limit" 'BEGIN { print peak * 1024 <= most * 1e6 ? "within" : "OVER" }')
  [ "$code" = 0 ] || verdict="refused: $(head -c 300 "$work/error")"
  case $verdict in within*) ;; *) failed=1 ;; esac
  printf '%-40s %6d MB %9.0f MB %7s s  %s\n' \
    "$name" "$limit" "$(awk -v peak="$peak" 'BEGIN { print peak * 1024 / 1e6 }')" "$seconds" "$verdict"
}

photo=$work/photo.ppm a=$work/style2.ppm b=$work/style3.ppm
printf '%-40s %9s %12s %9s\n' "${width}x${height}" limit peak time
run 'plain' stylize "$photo" "$a"
run '--transform adain' stylize "$photo" "$a" --transform adain
run '--transform ot' stylize "$photo" "$a" --transform ot
run '--transform 5:swap' stylize "$photo" "$a" --transform 5:swap
run '--transform 5:swap, large style' stylize "$a" "$work/large-style.ppm" --transform 5:swap
run 'two styles' stylize "$photo" "$a:0.7" "$b:0.3"
run 'two styles, --mix covariance' stylize "$photo" "$a:0.7" "$b:0.3" --mix covariance
run 'two masks, --feather 20' stylize "$photo" "$a" "$b" --mask "$work/mask1.pgm" --mask "$work/mask2.pgm" --feather 20
run '--style-mask' stylize "$a" "$work/large-style.ppm" --style-mask "$work/mask1.pgm"
for colors in linear luminance histogram; do
  run "--preserve-color $colors" stylize "$photo" "$a" --preserve-color $colors
done
run '--photo' stylize "$photo" "$a" --photo
run '--passes 2' stylize "$photo" "$a" --passes 2
run '--style-scale 2' stylize "$photo" "$a" --style-scale 2
run '--save-levels' stylize "$photo" "$a" --save-levels "$work/levels"
run 'texture' texture "$a" --size "$side" --passes 1
run 'texture --tileable' texture "$a" --size "$side" --passes 1 --tileable
exit $failed
