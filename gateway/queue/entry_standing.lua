-- Tells where entries of a work stream stand, in one atomic look: an entry that is delivered between two separate
-- questions would else look acknowledged.
--   KEYS[1] stream, ARGV[1] group, ARGV[2..] entry ids
-- Gives one string for each id: 'gone' (not in the stream), 'waiting' (not delivered yet), 'acknowledged'
-- (delivered and no longer pending), or 'delivered:<times>:<idle milliseconds>'.
local function parts(id)
  local ms, seq = string.match(id, '^(%d+)-(%d+)$')
  return tonumber(ms), tonumber(seq)
end

local last_ms, last_seq = -1, 0
local groups = redis.pcall('XINFO', 'GROUPS', KEYS[1])
if not groups.err then
  for _, group in ipairs(groups) do
    local about = {}
    for i = 1, #group, 2 do about[group[i]] = group[i + 1] end
    if about['name'] == ARGV[1] then last_ms, last_seq = parts(about['last-delivered-id']) end
  end
end

local standing = {}
for i = 2, #ARGV do
  local id = ARGV[i]
  local ms, seq = parts(id)
  if #redis.call('XRANGE', KEYS[1], id, id) == 0 then
    standing[#standing + 1] = 'gone'
  elseif ms > last_ms or (ms == last_ms and seq > last_seq) then
    standing[#standing + 1] = 'waiting'
  else
    local pending = redis.call('XPENDING', KEYS[1], ARGV[1], id, id, 1)[1]
    standing[#standing + 1] = pending and ('delivered:' .. pending[4] .. ':' .. pending[3]) or 'acknowledged'
  end
end
return standing
