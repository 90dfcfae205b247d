// T-Exists: a function from elements to Booleans.
// rule: T-Exists
// expect: a = true
host a
at a { [1, 2].exists(x => x > 1) }
