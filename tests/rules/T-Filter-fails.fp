// T-Filter: the function gives no Boolean.
// rule: T-Filter
// expect-error: T-Filter at 5:22
host a
at a { [1, 2].filter(x => x + 1) }
