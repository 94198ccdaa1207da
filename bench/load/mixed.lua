-- Requests of ordinary clients for wrk: forms with several settings, and raw bodies. Each answer must be one of the pictures that the
-- server gave before the load (files reference1 to reference5), byte by byte. A client that was refused waits for as long as Retry-After
-- says, at most two seconds.
local folder = os.getenv("WCT_LOAD_FOLDER")
local threads = {}

local function read(name)
  local file = assert(io.open(folder .. "/" .. name, "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

function setup(thread)
  table.insert(threads, thread)
end

function init()
  ok, refused, bad, other, waits = 0, 0, 0, "", {}
  local form = { ["Content-Type"] = "multipart/form-data; boundary=load-boundary" }
  requests = {
    wrk.format("POST", "/stylize", form, read("png.form")),
    wrk.format("POST", "/stylize", form, read("jpeg.form")),
    wrk.format("POST", "/stylize", form, read("levels.form")),
    wrk.format("POST", "/stylize", form, read("color.form")),
    wrk.format("POST", "/stylize?style=wave&strength=5:0.3", { ["Content-Type"] = "image/png" }, read("photo.png")),
  }
  known = {}
  for i = 1, #requests do
    known[read("reference" .. i)] = true
  end
  at = 0
end

function request()
  at = at + 1
  return requests[1 + at % #requests]
end

-- wrk calls this before each request, but doesn't say for which connection: the wait of one refused client may fall to another.
function delay()
  return table.remove(waits) or 0
end

function response(status, headers, body)
  if status == 200 and known[body] then
    ok = ok + 1
  elseif status == 503 and body:find('"status":503', 1, true) then
    refused = refused + 1
    table.insert(waits, 1000 * math.min(2, tonumber(headers["Retry-After"])))
  else
    bad = bad + 1
    other = other .. " " .. (status == 200 and "another picture" or status)
  end
end

function done(summary, latency, requests)
  local ok, refused, bad, other = 0, 0, 0, ""
  for _, thread in ipairs(threads) do
    ok, refused = ok + thread:get("ok"), refused + thread:get("refused")
    bad, other = bad + thread:get("bad"), other .. thread:get("other")
  end
  print(string.format("  ordinary           200 %7d", ok))
  print(string.format("  ordinary           503 %7d", refused))
  print(string.format("  latency, refusals included: p50 %.0f ms, p95 %.0f ms, p99 %.0f ms", latency:percentile(50) / 1000,
    latency:percentile(95) / 1000, latency:percentile(99) / 1000))
  local errors = summary.errors
  print(string.format("  errors: connect %d, read %d, write %d, timeout %d", errors.connect, errors.read, errors.write, errors.timeout))
  if ok == 0 or refused == 0 then
    print("WRONG there must be pictures and refusals; " .. ok .. " and " .. refused .. " came")
  end
  if bad > 0 or errors.connect + errors.read + errors.write + errors.timeout > 0 then
    print("WRONG " .. bad .. " answers of ordinary clients:" .. other:sub(1, 200))
  end
end
