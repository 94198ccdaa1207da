#!/usr/bin/env bash
# Mixed load on the example server: 64 clients, of which 51 are ordinary (47 by wrk, 4 timed), 6 go away, and 7 are hostile. Only
# 127.0.0.1 is used. Every answer must be the right picture or a documented status, and the server's memory must stay flat. Needs wrk and
# python3 (Debian: wrk).
#
#     bench/load/run.sh --seconds 600 [--configuration Debug]
set -euo pipefail
seconds=60 configuration=Release ordinary=47 timed=4 disconnecting=6 hostile=7
while [ $# -gt 0 ]; do
  case "$1" in
    --seconds) seconds="$2"; shift 2 ;;
    --configuration) configuration="$2"; shift 2 ;;
    *) echo "usage: $0 [--seconds N] [--configuration Release|Debug]" >&2; exit 2 ;;
  esac
done
if ! [[ "$seconds" =~ ^[0-9]+$ ]] || [ "$seconds" -lt 10 ] || [ "$seconds" -gt 3600 ]; then
  echo "--seconds is $seconds; it must be 10 to 3600" >&2
  exit 2
fi
for program in wrk python3 curl dotnet; do
  command -v "$program" > /dev/null || { echo "$program is missing (Debian: apt-get install $program)" >&2; exit 2; }
done

here="$(cd "$(dirname "$0")" && pwd)"
root="$here/../.."
server="$root/examples/AspNetEndpoint/bin/$configuration/net10.0/AspNetEndpoint.dll"
[ -f "$server" ] || dotnet build "$root/examples/AspNetEndpoint" -c "$configuration" -v quiet
folder="$(mktemp -d)"
pid= sampler=
stop() {
  [ -z "$sampler" ] || kill "$sampler" 2> /dev/null || true
  [ -z "$pid" ] || kill "$pid" 2> /dev/null || true
  wait 2> /dev/null || true
  rm -rf "$folder"
}
trap stop EXIT
export PYTHONDONTWRITEBYTECODE=1
mkdir "$folder/styles" "$folder/tmp"
python3 "$here/prepare.py" "$folder"
mv "$folder/wave.png" "$folder/styles/"

TMPDIR="$folder/tmp" dotnet "$server" --urls http://127.0.0.1:0 --MaxQueue 16 --UploadTimeout 00:00:05 --Styles "$folder/styles" \
  --Logging:LogLevel:Default Warning --Logging:LogLevel:Microsoft.Hosting.Lifetime Information > "$folder/log" 2>&1 &
pid=$!
port=
for _ in $(seq 300); do
  port="$(sed -n 's/.*Now listening on: http:\/\/127\.0\.0\.1:\([0-9]*\).*/\1/p' "$folder/log")"
  [ -z "$port" ] || break
  kill -0 "$pid" 2> /dev/null || { cat "$folder/log"; exit 1; }
  sleep 0.1
done
[ -n "$port" ] || { echo "the server didn't start"; cat "$folder/log"; exit 1; }

# The pictures that the requests of mixed.lua must get, in its order.
number=0
for form in png jpeg levels color; do
  number=$((number + 1))
  curl -sf -H "Content-Type: multipart/form-data; boundary=load-boundary" --data-binary "@$folder/$form.form" \
    "http://127.0.0.1:$port/stylize" -o "$folder/reference$number"
done
curl -sf -H "Content-Type: image/png" --data-binary "@$folder/photo.png" "http://127.0.0.1:$port/stylize?style=wave&strength=5:0.3" \
  -o "$folder/reference5"

resident() { sed -n 's/VmRSS:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$pid/status" 2> /dev/null; }
(while sleep 1; do echo "$SECONDS $(resident)"; done >> "$folder/memory") &
sampler=$!
python3 "$here/clients.py" "$port" "$seconds" "$timed" "$disconnecting" "$hostile" > "$folder/clients" 2>&1 &
clients=$!
WCT_LOAD_FOLDER="$folder" wrk -t 2 -c "$ordinary" -d "${seconds}s" --timeout 120s -s "$here/mixed.lua" "http://127.0.0.1:$port" \
  > "$folder/wrk" 2>&1
result=0
wait "$clients" || result=1
# Requests of clients that have gone must leave nothing behind.
sleep 5
kill "$sampler" 2> /dev/null || true
sampler=

minute="$(awk '$1 >= 60 { print $2; exit }' "$folder/memory")"
last="$(tail -n 1 "$folder/memory" | cut -d ' ' -f 2)"
most="$(awk '$2 > most { most = $2 } END { print most }' "$folder/memory")"
health="$(curl -s "http://127.0.0.1:$port/health" || true)"
echo "$seconds s, 64 clients: $((ordinary + timed)) ordinary, $disconnecting go away, $hostile hostile"
grep -E '^(  |WRONG)' "$folder/wrk" | grep -vE 'Thread|Latency|Req/Sec|requests in' || true
cat "$folder/clients"
echo "  memory: ${minute:-?} kB after a minute, $last kB at the end, $most kB at most"
awk '{ minute = int($1 / 60); sum[minute] += $2; count[minute]++; if (minute > end) end = minute }
  END {
    printf "  memory, mean of each minute in MB:"
    for (i = 0; i <= end; i++) printf " %.0f", sum[i] / count[i] / 1000
    print ""
  }' "$folder/memory"
echo "  health: $health; temporary files: $(find "$folder/tmp" -type f -not -path '*clr-debug*' -not -path '*dotnet-diagnostic*' | wc -l)"
grep -E '^(fail|crit)' -A 3 "$folder/log" || true
grep -q '^WRONG' "$folder/wrk" && result=1
[ "$health" = Healthy ] || { echo "WRONG the server isn't healthy"; result=1; }
if [ -n "$minute" ] && [ "$last" -gt $((minute * 5 / 4)) ]; then
  echo "WRONG memory grew by more than a quarter after the first minute"
  result=1
fi
exit "$result"
