-- Adds entries to a stream in the order given: one command, so one reply and one fsync for the whole batch.
--   KEYS[1] stream, ARGV[1] name of the field, ARGV[2..] its value in each entry
-- Gives the entry ids.
local ids = {}
for i = 2, #ARGV do
  ids[#ids + 1] = redis.call('XADD', KEYS[1], '*', ARGV[1], ARGV[i])
end
return ids
