// T-Var: `y` is bound nowhere.
// rule: T-Var
// expect-error: T-Var at 5:25
host a
at a { ((x: Int) => x + y)(1) }
