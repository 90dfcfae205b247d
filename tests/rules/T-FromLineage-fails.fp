// T-FromLineage: a leaf of the file is a function, which may have captured anything, so it is not mobile.
// rule: T-FromLineage
// expect-error: T-FromLineage at 5:34
host a, b
at a { await(send(fromLineage(b, "function.json"))) }
