-- Takes entries out of a work stream that are below a bound and that nobody holds.
--   KEYS[1] stream, ARGV[1] group, ARGV[2] bound: the lowest entry id that must stay
-- Gives the number of entries taken out. What was not delivered lies above every bound that the gateway gives.
local function before(a, b)
  local a_ms, a_seq = string.match(a, '^(%d+)-(%d+)$')
  local b_ms, b_seq = string.match(b, '^(%d+)-(%d+)$')
  if a_ms ~= b_ms then return tonumber(a_ms) < tonumber(b_ms) end
  return tonumber(a_seq) < tonumber(b_seq)
end

local bound = ARGV[2]
local oldest_held = redis.call('XPENDING', KEYS[1], ARGV[1])[2]
if oldest_held and before(oldest_held, bound) then bound = oldest_held end
return redis.call('XTRIM', KEYS[1], 'MINID', bound)
