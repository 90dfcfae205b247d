// P-Mat: b is busy until both messages are there, and takes the request first: it waits for the data,
// which is on its way, and answers then.
// rule: P-Mat
// expect: a = 8
// expect: b = 21
host a, b
at a { await(send(populate(b, 8))) }
at b { 1 + 2 + 3 + 4 + 5 + 6 }
