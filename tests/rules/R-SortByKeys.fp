// R-SortByKeys: then the elements are put in order in one step; equal keys leave them as they stand.
// rule: R-SortByKeys
// expect: a = ["Ann", "Eva", "Cem"]
host a
record Person(name: String, age: Int)
at a { [Person("Ann", 31), Person("Cem", 18), Person("Eva", 31)].sortBy(p => 0 - p.age).map(p => p.name) }
