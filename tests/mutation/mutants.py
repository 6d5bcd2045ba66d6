"""One-change mutants of C sources: where a change is possible, and what it is.

A mutant is found in the text, by a small lexer that knows comments, strings and the preprocessor; whether it
compiles is for the compiler to say. The kinds are those that the literature calls sufficient: negated conditions,
moved comparisons and constants, exchanged operators, dropped calls, early returns, and neighbours of enumerators.
"""
import dataclasses
import pathlib
import re

TOKEN = re.compile(r"""
    (?P<blank>\s+)
  | (?P<comment>//[^\n]*|/\*.*?\*/)
  | (?P<directive>^[ \t]*\#(?:\\\n|[^\n])*)
  | (?P<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
  | (?P<number>0[xX][0-9a-fA-F]+[uUlL]*|[0-9]+(?:\.[0-9]+)?[uUlL]*)
  | (?P<name>[A-Za-z_]\w*)
  | (?P<operator><<=|>>=|\.\.\.|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|.)
""", re.VERBOSE | re.DOTALL | re.MULTILINE)

EXCHANGED = {
    "<": ["<=", ">"], "<=": ["<", ">"], ">": [">=", "<"], ">=": [">", "<"], "==": ["!="], "!=": ["=="],
    "&&": ["||"], "||": ["&&"], "+": ["-"], "-": ["+"], "++": ["--"], "+=": ["-="], "-=": ["+="],
}
# After one of these, + and - are signs and not operators.
NO_OPERAND = set("( [ { , ; = < > ! & | ? : + - * / % return && || == != <= >= += -= case".split())


@dataclasses.dataclass(frozen=True)
class Mutant:
    file: str  # from the project's folder
    line: int
    column: int
    kind: str
    start: int  # the range of characters that is replaced
    end: int
    old: str
    new: str

    def name(self):
        return f"{self.file}:{self.line}:{self.column}:{self.kind}:{self.new.strip() or 'nothing'}"

    def apply(self, text):
        return text[: self.start] + self.new + text[self.end :]


@dataclasses.dataclass
class Token:
    kind: str
    text: str
    start: int
    end: int


def tokens_of(text):
    return [Token(m.lastgroup, m.group(), m.start(), m.end()) for m in TOKEN.finditer(text)
            if m.lastgroup not in ("blank", "comment", "directive")]


def enumerators(folder):
    """The enumerators of all headers, each with its neighbours in its enumeration."""
    neighbours = {}
    for header in sorted(pathlib.Path(folder).rglob("*.[ch]")):
        text = re.sub(r"/\*.*?\*/|//[^\n]*", "", header.read_text(), flags=re.DOTALL)
        for body in re.findall(r"\benum\b[^{};()]*\{([^{}]*)\}", text):
            names = re.findall(r"(?:^|,)\s*([A-Z][A-Z0-9_]+)\b(?!\s*\()", body)
            for i, name in enumerate(names):
                neighbours[name] = names[max(0, i - 1) : i] + names[i + 1 : i + 2]
    return neighbours


def matching(tokens, i):
    """The index of the bracket that closes the one at `i`, or None."""
    depth = 0
    for j in range(i, len(tokens)):
        if tokens[j].text in "([{":
            depth += 1
        elif tokens[j].text in ")]}":
            depth -= 1
            if depth == 0:
                return j
    return None


def early_return(declaration):
    """What a function of this declaration can return at once, or None."""
    before = declaration.split("(", 1)[0].split()
    words = [word for word in before[:-1] if word not in ("static", "inline", "const")]
    if not words or words[0] in ("typedef", "struct", "union", "enum") and "*" not in before[-1]:
        return None
    if before[-1].startswith("*") or "*" in "".join(words):
        return "return NULL;"
    return {"void": "return;", "bool": "return false;", "int": "return 0;", "size_t": "return 0;",
            "int64_t": "return 0;", "uint64_t": "return 0;"}.get(words[0])


def changes(text, neighbours):
    """Yields (kind, start, end, new) for each possible change of a source text."""
    tokens = tokens_of(text)
    depth = 0
    for i, token in enumerate(tokens):
        before = tokens[i - 1] if i else None
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        if token.text == "{":
            if depth == 0 and before and before.text == ")":
                line = text.rfind("\n}", 0, token.start) + 2
                declaration = re.split(r"[;}#/]", text[line : token.start])[-1]
                value = early_return(" ".join(declaration.split()))
                if value:
                    yield "early-return", token.end, token.end, " " + value
            depth += 1
        elif token.text == "}":
            depth -= 1
        if depth == 0:
            continue
        if token.kind == "name" and token.text in ("if", "while") and after and after.text == "(":
            close = matching(tokens, i + 1)
            if close:
                condition = text[after.end : tokens[close].start]
                yield "negated-condition", after.end, tokens[close].start, f"!({condition})"
        elif token.kind == "name" and token.text in ("true", "false"):
            yield "constant", token.start, token.end, "false" if token.text == "true" else "true"
        elif token.kind == "name" and token.text in neighbours:
            if before and before.text == "case":
                continue
            for name in neighbours[token.text]:
                yield "enumerator", token.start, token.end, name
        elif token.kind == "name" and before and before.text in (";", "{", "}", ")", "else") and after and \
                after.text == "(" and token.text not in ("if", "while", "for", "switch", "return", "sizeof"):
            close = matching(tokens, i + 1)
            if close and close + 1 < len(tokens) and tokens[close + 1].text == ";":
                yield "dropped-call", token.start, tokens[close].end, ""
        elif token.kind == "name" and token.text == "continue" and after.text == ";":
            yield "loop", token.start, token.end, "break"
        elif token.kind == "number" and re.fullmatch(r"[0-9]+[uUlL]*", token.text):
            value, suffix = re.fullmatch(r"([0-9]+)([uUlL]*)", token.text).groups()
            moved = int(value) + 1 if value != "1" else 0
            yield "constant", token.start, token.end, f"{moved}{suffix}"
        elif token.kind == "operator" and token.text in EXCHANGED:
            if token.text in "+-" and (not before or before.text in NO_OPERAND):
                continue
            for new in EXCHANGED[token.text]:
                yield "operator", token.start, token.end, new


def mutants_of(root, file, neighbours):
    text = (root / file).read_text()
    found = []
    for kind, start, end, new in changes(text, neighbours):
        line = text.count("\n", 0, start) + 1
        column = start - text.rfind("\n", 0, start)
        found.append(Mutant(file, line, column, kind, start, end, text[start:end], new))
    return found
