// One question and one answer.
host a, b

at a { await(send(populate(b, 42))) }
