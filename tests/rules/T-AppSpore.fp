// T-AppSpore: a spore may be applied where it was made.
// rule: T-AppSpore
// expect: a = 42
host a
at a { spore { n = 40; (x: Int) => n + x }(2) }
