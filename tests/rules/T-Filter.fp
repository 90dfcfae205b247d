// T-Filter: a function from elements to Booleans.
// rule: T-Filter
// expect: a = ["b"]
host a
at a { ["a", "b"].filter(s => s == "b") }
