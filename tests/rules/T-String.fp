// T-String: text in double quotes, with the usual escapes.
// rule: T-String
// expect: a = "line\none \"two\" λ"
host a
at a { "line\none \"two\" \u{3bb}" }
