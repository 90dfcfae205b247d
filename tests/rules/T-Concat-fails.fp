// T-Concat: a string and an integer do not go together.
// rule: T-Concat
// expect-error: T-Concat at 5:19
host a
at a { "age: " ++ 31 }
