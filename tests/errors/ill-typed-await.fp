// A reference has to be sent before it can be awaited.
host a, b
at a { await(populate(b, 1)) }
