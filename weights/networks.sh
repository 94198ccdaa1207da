#!/usr/bin/env bash
# Trains the feed-forward networks of this folder.
#
#   weights/networks.sh PHOTOS VGG19 OUTPUT [SHARE]
#
# PHOTOS   a folder of pictures, 1,000 or more; 20 of them are held out
# VGG19    a full-width VGG-19 up to relu4_1, as README.md lists them
# OUTPUT   a folder for the networks
# SHARE    share of the steps, 1 by default: 0.001 tries all commands in minutes
#
# A network that is finished is not trained again, and one that was broken off goes on where it was: call it again with the same arguments.
set -euo pipefail
[ $# -ge 3 ] || { sed -n '2,11p' "$0" | cut -c3-; exit 2; }
photos=$(realpath "$1") vgg=$(realpath "$2") output=$3 share=${4:-1}
root=$(cd "$(dirname "$0")/.." && pwd)
common=(--schedule cosine --half --origin "trained by weights/networks.sh" --license MIT)
. "$root/weights/stage.sh"

photos=(--data "$photos" --hold-out 20)
seen=(--loss-network "$vgg" --pool max --crop 192)

# With the full weight of the style first, and then with less, for more of the photo.
stage brush1 style 2000 --style "$root/samples/brush.jpg" "${photos[@]}" "${seen[@]}" --warm-up 50
stage brush style 1100 --style "$root/samples/brush.jpg" "${photos[@]}" "${seen[@]}" --warm-up 20 --start brush1.safetensors \
  --strength 0.2 --ramp 0 --seed 2
stage mosaic texture 1200 --style "$root/samples/mosaic.jpg" "${seen[@]}" --warm-up 50
stage larger upscale 5000 "${photos[@]}" --crop 128 --warm-up 50
