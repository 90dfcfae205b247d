// R-Fold-Cons: from the left: the first element meets the first value.
// rule: R-Fold-Cons
// expect: a = "abc"
host a
at a { ["a", "b", "c"].fold("", (text: String) => s => text ++ s) }
