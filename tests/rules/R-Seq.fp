// R-Seq: the value on the left of `;` is dropped.
// rule: R-Seq
// expect: a = 2
host a
at a { 1; unit; 2 }
