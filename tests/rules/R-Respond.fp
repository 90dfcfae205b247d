// R-Respond: b answers the request of a.
// rule: R-Respond
// expect: a = 3
host a, b
at a { await(send(populate(b, 3))) }
