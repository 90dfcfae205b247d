// wrong: c is one host too many
host a, b, c
at a { await(send(populate([b, a], 42))) }
