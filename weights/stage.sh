# train.sh and networks.sh read this file. It builds the tool, and goes to the folder $output.

dotnet build -c Release -v quiet "$root/src/Wct.Cli"
wct=$root/src/Wct.Cli/bin/Release/net10.0/wct
mkdir -p "$output"
cd "$output"

# stage RESULT KIND STEPS ARGUMENT...: one training run, with $share of the steps and the arguments of $common.
stage() {
  local result=$1.safetensors kind=$2 steps resume=()
  steps=$(awk -v steps="$3" -v share="$share" 'BEGIN { n = int(steps * share); print n < 1 ? 1 : n }')
  shift 3
  [ ! -e "$result" ] || return 0
  [ ! -e "$result.training/checkpoint.safetensors" ] || resume=(--resume)
  echo "$result: $steps steps"
  "$wct" train "$kind" --steps "$steps" "${common[@]}" "$@" "${resume[@]}" -o "$result"
}
