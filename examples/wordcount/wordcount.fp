// Word count. Two texts lie on two hosts; each host counts its own words, and a third merges the counts.
// Only counts travel, never the texts.
// expect: driver = [Count("a", 35), Count("the", 32), Count("is", 21), Count("it", 18), Count("that", 18), Count("to", 18), Count("program", 17), Count("and", 13), Count("can", 11), Count("data", 10), Count("function", 10), Count("be", 9), Count("has", 8), Count("one", 7), Count("of", 6), Count("what", 6), Count("where", 6), Count("for", 5), Count("not", 5), Count("run", 5), Count("along", 4), Count("in", 4), Count("machine", 4), Count("says", 4), Count("sent", 4), Count("answer", 3), Count("at", 3), Count("because", 3), Count("does", 3), Count("each", 3), Count("easy", 3), Count("go", 3), Count("lineage", 3), Count("nothing", 3), Count("or", 3), Count("part", 3), Count("runs", 3), Count("so", 3), Count("spore", 3), Count("with", 3), Count("again", 2), Count("as", 2), Count("asks", 2), Count("before", 2), Count("change", 2), Count("comes", 2), Count("cut", 2), Count("else", 2), Count("functions", 2), Count("future", 2), Count("gives", 2), Count("header", 2), Count("how", 2), Count("its", 2), Count("made", 2), Count("makes", 2), Count("many", 2), Count("may", 2), Count("must", 2), Count("needs", 2), Count("no", 2), Count("note", 2), Count("on", 2), Count("only", 2), Count("same", 2), Count("say", 2), Count("silo", 2), Count("takes", 2), Count("then", 2), Count("this", 2), Count("time", 2), Count("trust", 2), Count("value", 2), Count("waits", 2), Count("was", 2), Count("when", 2), Count("who", 2), Count("add", 1), Count("added", 1), Count("all", 1), Count("also", 1), Count("another", 1), Count("anything", 1), Count("anywhere", 1), Count("applied", 1), Count("arrives", 1), Count("back", 1), Count("beside", 1), Count("better", 1), Count("body", 1), Count("bring", 1), Count("called", 1), Count("care", 1), Count("checked", 1), Count("clock", 1), Count("do", 1), Count("done", 1), Count("end", 1), Count("finds", 1), Count("first", 1), Count("given", 1), Count("goes", 1), Count("gone", 1), Count("happens", 1), Count("if", 1), Count("into", 1), Count("kept", 1), Count("kind", 1), Count("large", 1), Count("leave", 1), Count("like", 1), Count("list", 1), Count("loss", 1), Count("lost", 1), Count("machines", 1), Count("matter", 1), Count("memory", 1), Count("missing", 1), Count("named", 1), Count("need", 1), Count("neither", 1), Count("often", 1), Count("order", 1), Count("other", 1), Count("otherwise", 1), Count("parameter", 1), Count("parts", 1), Count("piece", 1), Count("place", 1), Count("ran", 1), Count("read", 1), Count("reference", 1), Count("refers", 1), Count("result", 1), Count("sees", 1), Count("send", 1), Count("something", 1), Count("stored", 1), Count("such", 1), Count("test", 1), Count("text", 1), Count("there", 1), Count("they", 1), Count("travel", 1), Count("travels", 1), Count("two", 1), Count("use", 1), Count("way", 1), Count("which", 1), Count("whom", 1)]

host driver, left, right, merger

record Count(word: String, n: Int)
record Groups(done: List[Count], last: Count)

// Adds up the counts of each word: equal words stand together once sorted, so one pass is enough, which
// keeps the word it is at apart from those it is done with.
def group: List[Count] => List[Count] = (counts: List[Count]) => {
  val groups = counts.sortBy(c => c.word).fold(Groups([], Count("", 0)), (g: Groups) => c =>
    if (c.word == g.last.word) Groups(g.done, Count(c.word, g.last.n + c.n))
    else Groups([g.last] ++ g.done, c));
  ([groups.last] ++ groups.done).filter(c => c.n > 0)
}

// From lines to counts: split into words, map each to a count of one, group.
def countWords: List[String] => List[Count] = (lines: List[String]) =>
  group(lines.flatMap(line => line.split(" ")).map(word => Count(word, 1)))

at driver {
  val programs = SiloRef.fromTextFile(left, "programs.txt");
  val functions = SiloRef.fromTextFile(right, "functions.txt");
  val counts1 = programs.apply(spore { lines => SiloRef.populate(currentHost, countWords(lines)) });
  val counts2 = functions.apply(spore { lines => SiloRef.populate(currentHost, countWords(lines)) });

  val merged = SiloRef.populate(merger, unit).apply(spore { one = counts1, two = counts2; u =>
    val first = one.send();
    val second = two.send();
    SiloRef.populate(currentHost, group(await(first) ++ await(second)))
  });

  // the most frequent first, then in alphabetical order
  await(merged.send()).sortBy(c => c.word).sortBy(c => 0 - c.n)
}
