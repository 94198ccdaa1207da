#!/usr/bin/env bash
# Installs missing packages, builds, and compares. Options are passed to compare.py, or to networks.py if "networks" is the first one
# (--help shows them).
set -euo pipefail
start=$PWD
script=compare
if [ "${1:-}" = networks ]; then
  script=networks
  shift
fi
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# oneDNN comes with PyTorch; its matrix products and eigendecompositions need OpenBLAS to be fast.
packages="python3-torch python3-numpy python3-pil libopenblas0-pthread"
if ! dpkg -s $packages >/dev/null 2>&1; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $packages
fi

# Without its install script, the package doesn't fetch libraries for graphics cards.
[ -d node_modules/onnxruntime-node ] || npm install --ignore-scripts --no-audit --no-fund --no-package-lock

dotnet build -c Release -v quiet ../Wct.Benchmarks
dotnet build -c Release -v quiet ../../src/Wct.Cli
# Builds the version to compare with, if one is given.
options=("$@")
for ((i = 0; i + 1 < $#; i++)); do
  if [ "${options[i]}" = --before ]; then
    before=$(cd "$start" && realpath "${options[i + 1]}")
    options[i + 1]=$before
    dotnet build -c Release -v quiet "$before/bench/Wct.Benchmarks"
    dotnet build -c Release -v quiet "$before/src/Wct.Cli"
  fi
done
exec /usr/bin/python3 "$script.py" "${options[@]}"
