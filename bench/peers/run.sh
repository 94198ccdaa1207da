#!/usr/bin/env bash
# Installs what is missing, builds, and compares; options go to compare.py (--help shows them).
set -euo pipefail
start=$PWD
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# oneDNN comes with PyTorch; OpenBLAS is what its matrix products and eigenvectors need to be fast.
packages="python3-torch python3-numpy python3-pil libopenblas0-pthread"
if ! dpkg -s $packages >/dev/null 2>&1; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $packages
fi

# The install script would fetch libraries for graphics cards.
[ -d node_modules/onnxruntime-node ] || npm install --ignore-scripts --no-audit --no-fund --no-package-lock

dotnet build -c Release -v quiet ../Wct.Benchmarks
dotnet build -c Release -v quiet ../../src/Wct.Cli
# The version to compare with, where one is given.
options=("$@")
for ((i = 0; i + 1 < $#; i++)); do
  if [ "${options[i]}" = --before ]; then
    before=$(cd "$start" && realpath "${options[i + 1]}")
    options[i + 1]=$before
    dotnet build -c Release -v quiet "$before/bench/Wct.Benchmarks"
    dotnet build -c Release -v quiet "$before/src/Wct.Cli"
  fi
done
exec /usr/bin/python3 compare.py "${options[@]}"
