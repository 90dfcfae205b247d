// wrong: the only copy may be lost on its way
host a, b
at a { await(send(populate(b, 42))) }
