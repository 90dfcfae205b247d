// T-Pop: a function may have captured anything, so it is not mobile.
// rule: T-Pop
// expect-error: T-Pop at 5:20
host a, b
at a { populate(b, (x: Int) => x); 1 }
