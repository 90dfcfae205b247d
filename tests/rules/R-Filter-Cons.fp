// R-Filter-Cons: the deck's `ps.filter(p => p.age >= 18)` in small.
// rule: R-Filter-Cons
// expect: a = [31, 18]
host a
at a { [31, 12, 18].filter(age => age >= 18) }
