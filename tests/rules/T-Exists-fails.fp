// T-Exists: the function gives no Boolean.
// rule: T-Exists
// expect-error: T-Exists at 5:22
host a
at a { [1, 2].exists(x => x) }
