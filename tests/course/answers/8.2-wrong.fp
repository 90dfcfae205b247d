// wrong: a has a copy of its own
host a, r1
at a { await(send(populate([r1, a], 42))) }
