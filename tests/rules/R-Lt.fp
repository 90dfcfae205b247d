// R-Lt: strings are ordered by code point: capital letters come first.
// rule: R-Lt
// expect: a = true
host a
at a { "Zoe" < "ann" && 1 < 2 }
