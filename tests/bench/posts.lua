-- wrk: each request is the next line of the file in TERTIUS_BENCH_POSTS; after the last, none that decides anything.
local lines, at = {}, 0
for line in io.lines(os.getenv("TERTIUS_BENCH_POSTS")) do lines[#lines + 1] = line end
local headers = {["Content-Type"] = "application/x-www-form-urlencoded", ["Origin"] = "https://intro.rowan.example"}
request = function()
  at = at + 1
  if at > #lines then return wrk.format("GET", "/no-more") end
  local path, body = lines[at]:match("(.-)\t(.*)")
  return wrk.format("POST", path, headers, body)
end
