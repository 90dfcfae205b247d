// R-Await: the awaited value is in the store, so `await` becomes that value.
// rule: R-Await
// expect: a = 15
host a, b
at a { await(send(populate(b, 7))) + await(send(populate(b, 8))) }
