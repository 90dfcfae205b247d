// T-Await: a reference has to be sent before it can be awaited.
// rule: T-Await
// expect-error: T-Await at 5:14
host a, b
at a { await(populate(b, 1)) }
