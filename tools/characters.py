#!/usr/bin/env python3
"""Writes lang/characters.def from Python's Unicode data: tools/characters.py > lang/characters.def"""
import unicodedata

LAST = 0x10FFFF

# Default_Ignorable_Code_Point beyond the general category Cf, which Python does not know.
IGNORABLE = [(0x34F, 0x34F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x2065, 0x2065), (0x3164, 0x3164),
             (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0xE0000, 0xE0FFF)]
# Vowels and final consonants of Hangul, which join the consonant before them.
JOINING = [(0x1160, 0x11FF), (0xD7B0, 0xD7FF)]


def category(c):
    return unicodedata.category(chr(c))


def within(c, ranges):
    return any(first <= c <= last for first, last in ranges)


def hidden(c):
    return category(c) in ("Cc", "Cf", "Co", "Zl", "Zp") or within(c, IGNORABLE)


def joining(c):
    return category(c) in ("Mn", "Me") or within(c, JOINING)


def wide(c):
    ideographs = 0x20000 <= c & ~0xFFFF <= 0x30000 and c & 0xFFFF <= 0xFFFD  # assigned or not
    return ideographs or (category(c) != "Cn" and unicodedata.east_asian_width(chr(c)) in "WF")


def ranges(holds):
    """The ranges where it holds; code points that are not assigned do not interrupt one."""
    found = []
    open_ended = False
    for c in range(LAST + 1):
        if holds(c):
            if open_ended:
                found[-1][1] = c
            else:
                found.append([c, c])
            open_ended = True
        elif category(c) not in ("Cn", "Cs"):
            open_ended = False
    return found


print(f"// Written by tools/characters.py: characters of Unicode {unicodedata.unidata_version} by ranges, in their order.")
for title, macro, holds in [
    ("Control, format and private-use characters, line separators, and what is ignored where it has no meaning.",
     "FP_HIDDEN", hidden),
    ("Those that join the character before them and take no column.", "FP_JOINING",
     lambda c: joining(c) and not hidden(c)),
    ("East Asian Wide and Fullwidth: two columns.", "FP_WIDE", lambda c: wide(c) and not hidden(c) and not joining(c)),
]:
    print(f"\n#ifdef {macro}\n// {title}")
    for first, last in ranges(holds):
        print(f"{macro}(0x{first:X}, 0x{last:X})")
    print(f"#undef {macro}\n#endif")
