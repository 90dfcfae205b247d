// Wide, combining and hidden characters: columns stay in line, and what cannot be seen is escaped.
host home, b

record Word(text: String, size: Int)

at home {
  val words = populate(b, [Word("漢字かな", 4), Word("été", 3), Word("\u{202e}left\u{200b}", 6), Word("\u{1b}[2J😀", 5)]);
  val texts = words.apply(spore { ws => populate(b, ws.map(w => w.text ++ "字")) });
  await(texts.send())
}
