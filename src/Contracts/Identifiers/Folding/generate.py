#!/usr/bin/env python3
"""Makes characters.tsv, the characters that are another spelling of one and the same character.

    python3 generate.py [FOLDER of the Unicode character database, default /usr/share/unicode] > characters.tsv

Columns: what is read, what it is, which table says so. Code points in hexadecimal, several separated by a space.
  gb18030        private-use code points of GBK 1.0 and GB 18030-2000/2005 whose characters have code points of their own since;
                 GB 18030-2022, appendix D, and its 18 changed mappings
  radical        Kangxi radicals (decomposition) and supplement (EquivalentUnifiedIdeograph.txt)
  ideograph      compatibility ideographs, by canonical decomposition
  composition    a Latin letter and its mark, by canonical composition
  compatibility  everything else that NFKC replaces below U+10000
"""
import sys
from pathlib import Path

folder = Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode")
decomposition = {}
version = (folder / "EquivalentUnifiedIdeograph.txt").read_text("utf-8").splitlines()[0].split("-")[1].removesuffix(".txt")
for line in (folder / "UnicodeData.txt").read_text("utf-8").splitlines():
    fields = line.split(";")
    if fields[5]:
        parts = fields[5].split()
        tag = parts.pop(0) if parts[0].startswith("<") else None
        decomposition[int(fields[0], 16)] = (tag, [int(part, 16) for part in parts])
excluded = {
    int(line.split("#")[0].strip(), 16)
    for line in (folder / "CompositionExclusions.txt").read_text("utf-8").splitlines()
    if line.split("#")[0].strip()
}


def whole(code_point, compatibility):
    """The decomposition down to its last character."""
    tag, parts = decomposition.get(code_point, (None, None))
    if parts is None or (tag and not compatibility):
        return [code_point]
    return [last for part in parts for last in whole(part, compatibility)]


rows = {}


def add(read, replacement, rule):
    rows.setdefault(tuple(read), (replacement, rule))


# GBK 1.0 put the 80 characters of FE50-FEA0 at U+E815 onwards in order. GB 18030-2000 gave all but 14 of them code points of their own.
of_their_own = {
    0xFE51: 0x20087, 0xFE52: 0x20089, 0xFE53: 0x200CC, 0xFE6C: 0x215D7, 0xFE76: 0x2298F, 0xFE91: 0x241FE,
    0xFE59: 0x9FB4, 0xFE61: 0x9FB5, 0xFE66: 0x9FB6, 0xFE67: 0x9FB7, 0xFE6D: 0x9FB8, 0xFE7E: 0x9FB9, 0xFE90: 0x9FBA, 0xFEA0: 0x9FBB,
}
private = 0xE815
for code in range(0xFE50, 0xFEA1):
    if code & 0xFF == 0x7F:
        continue
    now = of_their_own.get(code) or ord(code.to_bytes(2, "big").decode("gb18030"))
    assert not 0xE000 <= now <= 0xF8FF, hex(code)
    add([private], [now], "gb18030")
    private += 1
for read, now in zip(range(0xE78D, 0xE797), [0xFE10, 0xFE12, 0xFE11, 0xFE13, 0xFE14, 0xFE15, 0xFE16, 0xFE17, 0xFE18, 0xFE19]):
    add([read], [now], "gb18030")
add([0xE7C7], [0x1E3F], "gb18030")
add([0xE7C8], [0x01F9], "gb18030")

for line in (folder / "EquivalentUnifiedIdeograph.txt").read_text("utf-8").splitlines():
    fields = line.split("#")[0].split(";")
    if len(fields) == 2:
        ends = [int(end, 16) for end in fields[0].strip().split("..")]
        for code_point in range(ends[0], ends[-1] + 1):
            if 0x2E80 <= code_point <= 0x2FD5:  # not the strokes: they are no characters of names
                add([code_point], [int(fields[1], 16)], "radical")

for code_point, (tag, parts) in sorted(decomposition.items()):
    if tag is None and (0xF900 <= code_point <= 0xFAFF or 0x2F800 <= code_point <= 0x2FA1F):
        add([code_point], whole(code_point, False), "ideograph")
    elif tag is None and len(parts) == 2 and code_point not in excluded and (code_point <= 0x24F or 0x1E00 <= code_point <= 0x1EFF):
        if code_point not in (0x1E9B,) and parts[0] < 0x2000:
            add(parts, [code_point], "composition")
for code_point in sorted(decomposition):
    if 0x80 < code_point < 0x10000 and not 0xAC00 <= code_point <= 0xD7A3 and not 0xFF01 <= code_point <= 0xFF5E:
        tag, _ = decomposition[code_point]
        if tag and len(whole(code_point, True)) <= 4:
            add([code_point], whole(code_point, True), "compatibility")

print(f"# Made by generate.py from the Unicode character database {version} (Unicode License v3) and GB 18030.")
for read, (replacement, rule) in sorted(rows.items()):
    print(" ".join(f"{c:04X}" for c in read), " ".join(f"{c:04X}" for c in replacement), rule, sep="\t")
