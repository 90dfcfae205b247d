// What would this list hold?
host a
at a { size([]) }
