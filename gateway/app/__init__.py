"""The composition root: every part of the gateway is built here, room by room, and given to who needs it.

`storage` opens the record and says where Redis is; `commands` opens what an administrative command needs; `ground` is
what all rooms of a serving gateway stand on; `ordering`, `administration`, `sending` and `sandbox` build one room each;
`whole` puts the rooms together and `serving` runs them.
"""
