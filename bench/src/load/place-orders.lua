-- Market orders, one portfolio after the other, each with a clientOrderId of its own. Words: the file of the portfolios (a line
-- each: id, access token, symbols with commas between), and a name of this run.
dofile(debug.getinfo(1, 'S').source:match('^@(.*/)') .. 'report.lua')

local targets = {}
local run
local count = 0

function init(words)
  run = words[2]
  for line in io.lines(words[1]) do
    local id, token, symbols = line:match('^(%S+) (%S+) (%S+)$')
    local names = {}
    for name in symbols:gmatch('[^,]+') do names[#names + 1] = name end
    targets[#targets + 1] = {
      head = 'POST /api/v1/portfolios/' .. id .. '/orders HTTP/1.1\r\nHost: ' .. wrk.host .. ':' .. wrk.port ..
        '\r\nAuthorization: Bearer ' .. token .. '\r\nContent-Type: application/json\r\nContent-Length: ',
      symbols = names,
    }
  end
end

-- Seven buys to three sells; what is sold was bought before the bench began.
function request()
  count = count + 1
  local target = targets[count % #targets + 1]
  local turn = math.floor(count / #targets)
  local side = (count + turn) % 10 < 7 and 'buy' or 'sell'
  local body = string.format('{"symbol":"%s","side":"%s","type":"market","quantity":"%d","clientOrderId":"%s%09d"}',
    target.symbols[turn % #target.symbols + 1], side, count % 5 + 1, run, count)
  return target.head .. #body .. '\r\n\r\n' .. body
end
