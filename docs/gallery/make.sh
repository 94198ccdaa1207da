#!/usr/bin/env bash
# Makes the pictures of docs/gallery.md again, with the commands shown there, and the picture at the head of the README.
# Needs the tool, built with `dotnet build -c Release src/Wct.Cli`, or WCT with the path of a wct.dll. The README's picture needs Python with
# Pillow.
#
#   docs/gallery/make.sh                  # all pictures
#   docs/gallery/make.sh methods.jpg      # one picture of the page
set -euo pipefail
gallery=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$gallery/../.." && pwd)
tool=${WCT:-$root/src/Wct.Cli/bin/Release/net10.0/wct.dll}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
ln -s "$root/samples" "$root/weights" .

wct() { dotnet "$tool" "$@" --quality 85; }

awk '/^```sh$/ {inside = 1; next} /^```$/ {inside = 0} inside' "$gallery/../gallery.md" >commands
if [ $# -gt 0 ]; then
  grep -- " -o $1\$" commands >one
  . ./one
  cp "$1" "$gallery/"
  exit
fi

. ./commands

for picture in $(grep -oE 'gallery/[a-z-]+\.jpg' "$gallery/../gallery.md" | sort -u); do
  cp "$(basename "$picture")" "$gallery/"
done

wct stylize samples/landscape.jpg samples/brush.jpg -o result.png
python3 - "$gallery/example.jpg" <<'END'
import sys
from PIL import Image
height, gap = 240, 6
names = "samples/landscape.jpg", "samples/brush.jpg", "result.png"
pictures = [Image.open(name).convert("RGB") for name in names]
pictures = [picture.resize((picture.width * height // picture.height, height), Image.LANCZOS) for picture in pictures]
sheet = Image.new("RGB", (sum(picture.width + gap for picture in pictures) - gap, height), "white")
x = 0
for picture in pictures:
    sheet.paste(picture, (x, 0))
    x += picture.width + gap
sheet.save(sys.argv[1], quality=85)
END
ls -l "$gallery"
