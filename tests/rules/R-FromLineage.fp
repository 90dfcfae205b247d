// R-FromLineage: the identifiers of the file become a's, the leaf's value goes to b, the reference names b.
// rule: R-FromLineage
// expect: a = 10
host a, b
at a { await(send(fromLineage(b, "doubled.json"))) }
