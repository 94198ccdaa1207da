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
dotnet build -c Release -v quiet "$root/src/Wct.Cli"
wct=$root/src/Wct.Cli/bin/Release/net10.0/wct
mkdir -p "$output"
cd "$output"

# network RESULT KIND STEPS ARGUMENT...: one training run.
network() {
  local result=$1.safetensors kind=$2 steps resume=()
  steps=$(awk -v steps="$3" -v share="$share" 'BEGIN { n = int(steps * share); print n < 1 ? 1 : n }')
  shift 3
  [ ! -e "$result" ] || return 0
  [ ! -e "$result.training/checkpoint.safetensors" ] || resume=(--resume)
  echo "$result: $steps steps"
  "$wct" train "$kind" --steps "$steps" --schedule cosine --half --origin "trained by weights/networks.sh" --license MIT "$@" "${resume[@]}" \
    -o "$result"
}

photos=(--data "$photos" --hold-out 20)
seen=(--loss-network "$vgg" --pool max --crop 192)

# With the full weight of the style first, and then with less, for more of the photo.
network brush1 style 2000 --style "$root/samples/brush.jpg" "${photos[@]}" "${seen[@]}" --warm-up 50
network brush style 1100 --style "$root/samples/brush.jpg" "${photos[@]}" "${seen[@]}" --warm-up 20 --start brush1.safetensors --strength 0.2 --ramp 0 --seed 2
network mosaic texture 1200 --style "$root/samples/mosaic.jpg" "${seen[@]}" --warm-up 50
network larger upscale 5000 "${photos[@]}" --crop 128 --warm-up 50
