// R-Local: every local rule is a step of the whole configuration: here two hosts take turns.
// rule: R-Local
// expect: a = 6
// expect: b = 20
host a, b
at a { 1 + 2 + 3 }
at b { 4 * 5 }
