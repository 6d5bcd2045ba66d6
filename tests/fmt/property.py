#!/usr/bin/env python3
"""What dialogc fmt promises of any file: property.py DIALOGC SEED COUNT FOLDER...

Takes the YAML files of the folders as they are, and COUNT of them with comments, empty lines and spaces put in at
random. A file that dialogc reads is formatted (but for the few that E0020 is about), formatting it again changes
nothing, and each comment is still there. That the meaning is the same, dialogc itself checks before it writes.
"""
import pathlib
import random
import re
import subprocess
import sys

program, seed, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
# Directives, and keys that have an anchor or a tag.
IMPOSSIBLE = re.compile(rb"^%|^ *(- )*[&!]\S* *[^\s:]+ ?:( |$)|[{,] *![^,}]*:|^[-? ]*&\w+ *:", re.M)


def run(text):
    return subprocess.run([program, "fmt", "-"], input=text, capture_output=True, check=False)


def disturb(text, chance):
    """The text with things that mean nothing, each comment with a number of its own."""
    lines = []
    number = 0
    for line in text.splitlines():
        drawn = chance.random()
        if drawn < 0.1:
            lines.append(" " * chance.randrange(9) + f"# comment {number}")
            number += 1
        elif drawn < 0.15:
            lines += [""] * chance.randrange(1, 4)
        if drawn > 0.85 and line.strip():
            line += " " * chance.randrange(1, 4) + f"# comment {number}"
            number += 1
        elif drawn > 0.8:
            line = line.replace(", ", "," + " " * chance.randrange(1, 4))
        elif drawn > 0.75 and "{" in line and "'" not in line and '"' not in line:
            line = line.replace("{", "{ # comment %d\n%s" % (number, " " * 40), 1)
            number += 1
        lines.append(line)
    return "\n".join(lines) + "\n"


def wrong(text):
    """What is wrong with the form of a text; None: nothing. Also whether there is a form."""
    first = run(text)
    if first.returncode == 1:
        refused = b"E0020" in first.stderr
        return "it cannot be formatted" if refused and not IMPOSSIBLE.search(text) else None, False
    if first.returncode != 0:
        return f"status {first.returncode}: {first.stderr}", False
    again = run(first.stdout)
    if again.stdout != first.stdout:
        return "formatted again, it is another text", True
    comments = [sorted(re.findall(rb"# comment \d+", whole)) for whole in (text, first.stdout)]
    return "a comment is lost" if comments[0] != comments[1] else None, True


def main():
    files = sorted(path for folder in sys.argv[4:] for path in pathlib.Path(folder).rglob("*")
                   if path.is_file() and path.suffix in (".yaml", ".yml", ""))
    chance = random.Random(seed)
    texts = [(str(path), path.read_bytes()) for path in files]
    good = [path for path in files if path.suffix == ".yaml"]
    for number in range(count):
        path = chance.choice(good)
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        texts.append((f"{path}, disturbed with seed {seed}, number {number}", disturb(text, chance).encode()))
    failed = formatted = 0
    for name, text in texts:
        problem, has_form = wrong(text)
        formatted += has_form
        if problem:
            failed += 1
            print(f"{name}: {problem}")
    print(f"{len(texts) - failed} passed, {failed} failed; {formatted} have a form")
    sys.exit(failed > 0 or formatted < len(texts) // 4)


main()
