// A spore needs a parameter.
host a
at a { spore { k: Int = 1; k + 1 } }
