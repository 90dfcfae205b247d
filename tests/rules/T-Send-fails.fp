// T-Send: only what a reference stands for can be asked for.
// rule: T-Send
// expect-error: T-Send at 5:13
host a
at a { send(1) }
