#!/usr/bin/env bash
# Trains a model of the default model's shape from nothing but photos and two teachers.
#
#   weights/train.sh PHOTOS VGG19 COMPACT OUTPUT [SHARE]
#
# PHOTOS   a folder of pictures, 1,000 or more; 100 of them are held out
# VGG19    a full-width VGG-19 up to relu4_1, as README.md lists them
# COMPACT  the encoders of Wang et al. 2020 ({1..5}SE.pth and {1..5}SD.pth)
# OUTPUT   a folder for the stages; the model is OUTPUT/model.safetensors
# SHARE    share of the steps, 1 by default: 0.001 tries all commands in minutes
#
# A stage that is finished is not done again, and a stage that was broken off goes on where it was: call it again with the same arguments.
set -euo pipefail
[ $# -ge 4 ] || { sed -n '2,12p' "$0" | cut -c3-; exit 2; }
photos=$(realpath "$1") vgg=$(realpath "$2") compact=$(realpath "$3") output=$4 share=${5:-1}
root=$(cd "$(dirname "$0")/.." && pwd)
common=(--data "$photos" --hold-out 100 --crop 96)
. "$root/weights/stage.sh"

# The encoder: the teacher's strongest filters first, then a small teacher for all taps, then the pixels too.
cosine=(--schedule cosine)
widths=(--widths 16,32,64,128,128 --init strongest)
stage e1 encoder 9000 --teacher "$vgg" --teacher5 "$compact" "${widths[@]}" "${cosine[@]}" --warm-up 200 --lr 3e-3
stage e2 encoder 2400 --teacher "$vgg" --teacher5 "$compact" --start e1.safetensors --keep-colors --picture 2 "${cosine[@]}" --warm-up 50 --lr 2e-3 --seed 2
stage e3 encoder 4869 --teacher "$compact" --start e2.safetensors --picture 1 --warm-up 50 --lr 2e-3 --seed 3
stage e4 encoder 9000 --teacher "$compact" --start e3.safetensors --picture 1 "${cosine[@]}" --warm-up 1 --lr 2e-3 --seed 4
stage e5 encoder 9000 --teacher "$compact" --start e4.safetensors --picture 0.3 --hints 0.1 "${cosine[@]}" --warm-up 300 --lr 2e-3 --seed 11
stage e6 encoder 12000 --teacher "$compact" --start e5.safetensors --picture 1 "${cosine[@]}" --warm-up 300 --lr 1.5e-3 --seed 21

# Decoders from random weights, each under its own encoder.
decoder=("${cosine[@]}" --normalize --clip 1)
stage d1a decoder 3000 --level 1 --encoder e6.safetensors "${decoder[@]}" --lambda 0.01 --warm-up 50 --lr 2e-3 --seed 91
stage d2a decoder 4000 --level 2 --encoder e6.safetensors "${decoder[@]}" --lambda 0.01 --warm-up 60 --lr 2e-3 --seed 92
stage d3b decoder 4000 --level 3 --encoder e6.safetensors "${decoder[@]}" --lambda 0.02 --warm-up 60 --lr 2e-3 --seed 93
stage d4z decoder 4000 --level 4 --encoder e6.safetensors "${decoder[@]}" --lambda 0.02 --warm-up 60 --lr 2e-3 --seed 94
stage d5z decoder 4000 --level 5 --encoder e6.safetensors "${decoder[@]}" --lambda 0.02 --warm-up 60 --lr 2e-3 --seed 95
stage d1 decoder 1000 --level 1 --encoder e6.safetensors --start d1a.safetensors "${decoder[@]}" --lambda 0.01 --warm-up 50 --lr 2e-4 --seed 35
stage d2 decoder 1500 --level 2 --encoder e6.safetensors --start d2a.safetensors "${decoder[@]}" --lambda 0.01 --warm-up 60 --lr 2e-3 --seed 34

# The deeper levels see what VGG-19 sees, and train what each adds to the encoder with them, the next level from the encoder of the one before.
seen=("${decoder[@]}" --loss-network "$vgg" --warm-up 60)
joint=(--teacher "$compact")
stage d3a decoder 1200 --level 3 --encoder e6.safetensors --start d3b.safetensors "${seen[@]}" --taps 23 --lambda 0.02 --lr 1e-3 --seed 33
stage d4b decoder 4000 --level 4 --encoder e6.safetensors --start d4z.safetensors "${seen[@]}" "${joint[@]}" --taps 34 --lambda 0.02 --lr 1.5e-3 --seed 31
stage d5b decoder 4000 --level 5 --encoder d4b.encoder.safetensors --start d5z.safetensors "${seen[@]}" "${joint[@]}" --taps 34 --lambda 0.02 --lr 1.2e-3 --seed 32
seen=("${decoder[@]}" --loss-network "$vgg" --warm-up 40)
stage d3 decoder 1000 --level 3 --encoder d5b.encoder.safetensors --start d3a.safetensors "${seen[@]}" "${joint[@]}" --taps 234 --lambda 0.02 --lr 8e-4 --seed 41
stage d4c decoder 1500 --level 4 --encoder d3.encoder.safetensors --start d4b.safetensors "${seen[@]}" "${joint[@]}" --taps 34 --lambda 0.03 --lr 1e-3 --seed 42
stage d5c decoder 1500 --level 5 --encoder d4c.encoder.safetensors --start d5b.safetensors "${seen[@]}" "${joint[@]}" --taps 34 --lambda 0.03 --lr 8e-4 --seed 43
stage d4 decoder 2000 --level 4 --encoder d5c.encoder.safetensors --start d4c.safetensors "${seen[@]}" "${joint[@]}" --taps 34 --lambda 0.03 --lr 8e-4 --seed 61
stage d5d decoder 3000 --level 5 --encoder d4.encoder.safetensors --start d5c.safetensors "${seen[@]}" "${joint[@]}" --taps 34 --lambda 0.03 --lr 8e-4 --seed 62
stage d5 decoder 2500 --level 5 --encoder d4.encoder.safetensors --start d5d.safetensors "${seen[@]}" "${joint[@]}" --taps 34 --lambda 0.03 --lr 1e-3 --seed 71

"$wct" train pack d1.safetensors d2.safetensors d3.safetensors d4.safetensors d5.safetensors --half -o model.safetensors
