// T-Or: the left side is no Boolean.
// rule: T-Or
// expect-error: T-Or at 5:8
host a
at a { "yes" || true }
