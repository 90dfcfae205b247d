// R-Process: a waits, so it takes the messages that come: a request of b, and at last the answer.
// rule: R-Process
// expect: a = 2
// expect: b = 3
host a, b
at a { await(send(populate(b, 1 + 1))) }
at b { await(send(populate(a, 3))) }
