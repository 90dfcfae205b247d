// wrong: unit is what it would answer anyway
host a, b
at a { await(send(populate(b, unit))) }
