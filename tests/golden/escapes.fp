// What XML and TeX have to escape.
host a, b_1

at a { await(send(populate(b_1, "ä $&%#_{}~^\\<>|`'- -- é"))) }
