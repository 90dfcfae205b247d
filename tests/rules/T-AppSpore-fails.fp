// T-AppSpore: the spore wants an Int.
// rule: T-AppSpore
// expect-error: T-AppSpore at 5:32
host a
at a { spore { (x: Int) => x }(unit) }
