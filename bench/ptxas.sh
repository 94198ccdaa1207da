#!/usr/bin/env bash
# Prints what NVIDIA's assembler reports for the CUDA kernels: registers per thread, spilled bytes, shared memory per thread block.
# No GPU is needed.
#
#   bash bench/ptxas.sh [ARCHITECTURE]        sm_90 unless given
#
# ptxas comes with the CUDA toolkit (11.8 or later for sm_90; Debian: nvidia-cuda-toolkit, non-free). PTXAS names one that is not on the path.
set -euo pipefail
cd "$(dirname "$0")/.."

architecture=${1:-sm_90}
assembler=${PTXAS:-ptxas}
command -v "$assembler" > /dev/null || { echo "ptxas.sh: $assembler isn't there; it comes with the CUDA toolkit." >&2; exit 1; }

modules=$(mktemp -d)
trap 'rm -rf "$modules"' EXIT
dotnet run --project src/Wct.Kernels.Ilgpu -c Release -v quiet -- "$modules"

echo "| kernel, $architecture | registers | spilt, bytes | shared, bytes |"
echo "| --- | ---: | ---: | ---: |"
for module in "$modules"/*.ptx; do
    target=$(grep -oE '^\.target sm_[0-9]+' "$module" | grep -oE '[0-9]+')
    # The module needs a newer device.
    [ "$target" -gt "${architecture//[^0-9]/}" ] && continue
    report=$("$assembler" "-arch=$architecture" -v "$module" -o /dev/null 2>&1) || { echo "$module: $report" >&2; exit 1; }
    registers=$(grep -oE 'Used [0-9]+ registers' <<< "$report" | grep -oE '[0-9]+')
    spilt=$(grep -oE '[0-9]+ bytes spill stores' <<< "$report" | grep -oE '^[0-9]+')
    shared=$(grep -oE '[0-9]+ bytes smem' <<< "$report" | grep -oE '^[0-9]+' || echo 0)
    echo "| $(basename "$module" .ptx) | $registers | $spilt | $shared |"
done
