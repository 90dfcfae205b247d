// T-App: the function wants an Int.
// rule: T-App
// expect-error: T-App at 5:24
host a
at a { ((x: Int) => x)(unit) }
