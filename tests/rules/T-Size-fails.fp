// T-Size: a string is no list; split(s, "") makes one.
// rule: T-Size
// expect-error: T-Size at 5:13
host a
at a { size("abc") }
