// T-Var: a variable has the type that its binder gave it.
// rule: T-Var
// expect: a = 1
host a
at a { ((x: Int) => x)(1) }
