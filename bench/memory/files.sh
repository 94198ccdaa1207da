#!/usr/bin/env bash
# Compares the peak memory of `wct stylize` with --max-memory for all kinds of files, as content and as style. See README.md.
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

width=16320 height=12240 wct='' kinds='' work='' limit=400
while [ $# -gt 0 ]; do
  case $1 in
    --width) width=$2 ;;
    --height) height=$2 ;;
    --limit) limit=$2 ;;
    --wct) wct=$2 ;;
    --kinds) kinds=$2 ;;
    --work) work=$2 ;;
    *) echo "unknown option $1 (--width, --height, --limit, --wct, --kinds, --work)" >&2; exit 2 ;;
  esac
  shift 2
done

if [ -z "$wct" ]; then
  dotnet build -c Release -v quiet ../../src/Wct.Cli
  wct=../../src/Wct.Cli/bin/Release/net10.0/wct
fi
if [ -z "$work" ]; then
  work=$(mktemp -d -p "${TMPDIR:-/var/tmp}")
  trap 'rm -rf "$work"' EXIT
fi

# make FILE COMMAND...: runs a command to create a file, unless the file exists.
make() { [ -e "$1" ] || "${@:2}"; }
jpeg() { cjpeg -quality 75 -outfile "$2" "${@:3}" "$1"; }
make "$work/small.ppm" python3 picture.py 300 200 1 "$work/small.ppm"
# The picture is smooth like a photo, because files of noise would have hundreds of megabytes.
make "$work/large.ppm" python3 picture.py "$width" "$height" 2 "$work/large.ppm"

# file KIND: creates a file of a kind and prints its path; prints nothing if a tool for it is missing.
file() {
  local path=$work/$1 large=$work/large.ppm
  case $1 in
    large.ppm) ;;
    baseline.jpg) make "$path" jpeg "$large" "$path" ;;
    progressive.jpg) make "$path" jpeg "$large" "$path" -progressive ;;
    progressive-444.jpg) make "$path" jpeg "$large" "$path" -progressive -sample 1x1 ;;
    noninterleaved.jpg) printf '0;\n1;\n2;\n' >"$work/scans"; make "$path" jpeg "$large" "$path" -scans "$work/scans" ;;
    turned-*-progressive.jpg) file progressive.jpg >/dev/null; make "$path" python3 kinds.py turn "$work/progressive.jpg" "$path" "$(cut -d- -f2 <<<"$1")" ;;
    turned-*.jpg) file baseline.jpg >/dev/null; make "$path" python3 kinds.py turn "$work/baseline.jpg" "$path" "$(tr -dc 0-9 <<<"$1")" ;;
    gray-turned.jpg) make "$work/gray.jpg" jpeg "$large" "$work/gray.jpg" -grayscale; make "$path" python3 kinds.py turn "$work/gray.jpg" "$path" 6 ;;
    cmyk.jpg) /usr/bin/python3 -c 'import PIL' 2>/dev/null || return 0; make "$path" /usr/bin/python3 kinds.py cmyk "$large" "$path" ;;
    plain.png) make "$path" python3 kinds.py png "$large" "$path" ;;
    deep.png) make "$path" python3 kinds.py png "$large" "$path" deep ;;
    interlaced.png) make "$path" python3 kinds.py png "$large" "$path" interlaced ;;
    interlaced-deep-alpha.png) make "$path" python3 kinds.py png "$large" "$path" interlaced deep alpha ;;
    *) echo "unknown kind $1" >&2; exit 2 ;;
  esac
  echo "$path"
}

# run LIMIT NAME ARGUMENT...: measures and prints one line of the table.
failed=0
run() {
  local most=$1 name=$2 code=0 seconds='' peak='' verdict
  shift 2
  /usr/bin/time -f '%e %M' -o "$work/figures" "$wct" stylize "$@" -o "$work/out.ppm" -q --max-memory "${most}M" 2>"$work/error" || code=$?
  read -r seconds peak <<<"$(tail -n 1 "$work/figures")"
  if [ "$code" = 0 ]; then verdict=$(awk -v peak="$peak" -v most="$most" 'BEGIN { print peak * 1024 <= most * 1e6 ? "within" : "OVER" }'); else verdict="refused: $(head -c 300 "$work/error")"; fi
  case $verdict in within*) ;; *) failed=1 ;; esac
  printf '%-44s %6d MB %9.0f MB %7s s  %s\n' "$name" "$most" "$(awk -v peak="$peak" 'BEGIN { print peak * 1024 / 1e6 }')" "$seconds" "$verdict"
}

printf '%-44s %9s %12s %9s\n' "${width}x${height}" limit peak time
# Pictures that are not resized are kept between levels, at 9 bytes per pixel.
whole=$((width * height * 10 / 1000000 + 300))
for kind in ${kinds:-large.ppm baseline.jpg progressive.jpg progressive-444.jpg noninterleaved.jpg turned-2.jpg turned-3.jpg turned-4.jpg turned-5.jpg \
  turned-6.jpg turned-7.jpg turned-8.jpg turned-6-progressive.jpg gray-turned.jpg cmyk.jpg plain.png deep.png interlaced.png interlaced-deep-alpha.png}; do
  path=$(file "$kind")
  [ -n "$path" ] || { echo "$kind: left out, Pillow is missing"; continue; }
  run "$limit" "$kind, content, --size 512" "$path" "$work/small.ppm" --size 512
  run "$limit" "$kind, style, --style-size 256" "$work/small.ppm" "$path" --style-size 256
  run "$whole" "$kind, style, own size" "$work/small.ppm" "$path" --levels 1
  run "$whole" "$kind, content, own size" "$path" "$work/small.ppm" --levels 1
done
exit $failed
