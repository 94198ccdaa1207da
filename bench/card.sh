#!/usr/bin/env bash
# Tests and comparisons on a machine that has a graphics card, and need not have the .NET SDK.
#
#   bash bench/card.sh pack [FILE]             makes FILE, by default artifacts/card.tar.xz: .NET's runtime, tests, benchmarks, what tests read
#   bash bench/card.sh run [FILE] [DEVICE]     in a checkout of the same revision, on the other machine; DEVICE is cuda:0 unless given
#
# FILE is relative to the repository's root. The comparisons need a python with PyTorch for the card; WCT_PYTHON names it. They are left out where there is none.
set -euo pipefail
cd "$(dirname "$0")/.."

framework=net10.0
programs="tests/Wct.Kernels.Tests tests/Wct.Net.Tests tests/Wct.Cli.Tests bench/Wct.Benchmarks src/Wct.Cli"
file=${2:-artifacts/card.tar.xz}

pack() {
  local sdk version
  for program in $programs; do
    dotnet build -c Release -v quiet "$program"
  done
  sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
  version=$(dotnet --list-runtimes | sed -nE 's/^Microsoft\.NETCore\.App (10\.[^ ]+) .*/\1/p' | tail -n 1)
  rm -rf artifacts/card
  mkdir -p "artifacts/card/dotnet/shared/Microsoft.NETCore.App" artifacts/card/shared "$(dirname "$file")"
  cp -r "$sdk/dotnet" "$sdk/host" artifacts/card/dotnet/
  cp -r "$sdk/shared/Microsoft.NETCore.App/$version" artifacts/card/dotnet/shared/Microsoft.NETCore.App/
  # Files for the device tests, which skip what is missing. Of the golden tensors, only those of one run with full-size networks.
  (cd .. && for part in shared/golden/cli shared/golden/vgg19_a100_* shared/models/compact16x shared/models/vgg19-relu3; do
    if [ -e "$part" ]; then cp -r --parents "$part" "$OLDPWD/artifacts/card/"; fi
  done)
  # To keep the file small, files that only other machines or the tool's package need and BenchmarkDotNet's compiler are left out.
  # shellcheck disable=SC2046
  XZ_OPT=-9 tar -cJf "$file" --exclude='*.pdb' --exclude='*.xml' --exclude='runtimes' --exclude='*.resources.dll' --exclude='publish' --exclude='arm64' \
    --exclude='Microsoft.CodeAnalysis*' --exclude='Microsoft.Diagnostics*' artifacts/card \
    $(for program in $programs; do echo "$program/bin/Release/$framework"; done)
  rm -rf artifacts/card
  ls -l "$file"
}

run() {
  local device=${2:-cuda:0} kind failed=0
  kind=${device%%:*}
  tar -xJf "$file"
  export DOTNET_ROOT=$PWD/artifacts/card/dotnet DOTNET_TieredCompilation=0
  [ -e ../shared ] || ln -sfn "$PWD/artifacts/card/shared" ../shared
  local wct=src/Wct.Cli/bin/Release/$framework/wct
  "$wct" devices
  tests Wct.Kernels.Tests -class 'Wct.Kernels.Tests.Contract.*' -class 'Wct.Kernels.Tests.Gpu.GpuBackendTests' -class 'Wct.Kernels.Tests.Gpu.TensorCoreTests' || failed=1
  tests Wct.Net.Tests -class 'Wct.Net.Tests.Golden.*' -class 'Wct.Net.Tests.DeviceTests' -class 'Wct.Net.Tests.Transforms.*' || failed=1
  tests Wct.Cli.Tests -class 'Wct.Cli.Tests.GoldenCaseTests' -class 'Wct.Cli.Tests.DeviceTests' || failed=1

  echo "## From a process's start to its first picture, 256x256"
  for _ in 1 2 3; do
    ( TIMEFORMAT='%R s'; time "$wct" stylize samples/landscape.jpg samples/brush.jpg -o artifacts/card/first.png --size 256 --style-size 256 --device "$device" --quiet ) 2>&1
  done
  if ! "${WCT_PYTHON:-python3}" -c 'import torch, numpy, PIL' 2> /dev/null; then
    echo "No PyTorch in ${WCT_PYTHON:-python3}: nothing is compared."
    return $failed
  fi
  local precisions='single tf32 half'
  [ "$kind" = cuda ] || precisions=single
  for precision in $precisions; do
    compare 1024x1024 'encoder and decoder'
    compare 512x512 'five levels, full-size'
  done
  precision=${precisions##* }
  compare 3840x2160 'five levels, full-size'
  return $failed
}

tests() {
  local project=$1
  shift
  echo "## $project"
  "$DOTNET_ROOT/dotnet" exec "tests/$project/bin/Release/$framework/$project.dll" -noLogo -noColor "$@" 2>&1 | grep -v '\[SKIP\]'
}

compare() {
  echo "## $1, $precision"
  "${WCT_PYTHON:-python3}" bench/peers/compare.py --device "$device" --precision "$precision" --size "$1" --only "$2" || failed=1
}

case ${1:-} in
  pack) pack ;;
  run) run "$file" "${3:-cuda:0}" ;;
  *) sed -n '2,8p' "$0" >&2; exit 2 ;;
esac
