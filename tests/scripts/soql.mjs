// A parser of SOQL, written for the tests: the compiler's own has no part in it. It reads a query to
// its clauses and values, and fails on whatever Salesforce would not take.
import assert from "node:assert";

const ESCAPES = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** The tokens of a query; texts are lists of {char, escaped}, so that LIKE can tell wildcards. */
function tokenize(query) {
  const tokens = [];
  let at = 0;
  while (at < query.length) {
    const rest = query.slice(at);
    const space = /^\s+/.exec(rest);
    if (space) {
      at += space[0].length;
      continue;
    }
    if (rest[0] === "'") {
      const chars = [];
      at++;
      for (;;) {
        assert.ok(at < query.length, "a text is not closed: " + query);
        if (query[at] === "'") break;
        if (query[at] === "\\") {
          const next = query[at + 1];
          assert.ok(`nrtbf"'\\%_`.includes(next), `\\${next} is no escape of SOQL: ${query}`);
          chars.push({ char: ESCAPES[next] ?? next, escaped: true });
          at += 2;
        } else {
          assert.ok(!/[\n\r]/.test(query[at]), "a line break in a text: " + query);
          chars.push({ char: query[at++], escaped: false });
        }
      }
      at++;
      tokens.push({ type: "text", chars });
      continue;
    }
    const match =
      /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})/.exec(rest) ??
      /^\d{4}-\d{2}-\d{2}/.exec(rest) ?? /^-?\d+(\.\d+)?/.exec(rest) ?? /^[A-Za-z_]\w*/.exec(rest) ??
      /^(!=|<>|<=|>=|[=<>(),.:])/.exec(rest);
    assert.ok(match, `what is ${JSON.stringify(rest.slice(0, 20))} in ${query}`);
    const type = /^\d{4}-\d{2}-\d{2}T/.test(match[0]) ? "datetime" : /^\d{4}-\d{2}-\d{2}$/.test(match[0]) ? "date"
      : /^-?\d/.test(match[0]) ? "number" : /^\w/.test(match[0]) ? "word" : "symbol";
    tokens.push({ type, text: match[0] });
    at += match[0].length;
  }
  return tokens;
}

export function parseSoql(query) {
  const tokens = tokenize(query);
  let at = 0;
  const peek = (text) => tokens[at] !== undefined && tokens[at].text?.toLowerCase() === text.toLowerCase();
  const take = (text) => peek(text) && ++at > 0;
  const need = (text) => assert.ok(take(text), `${text} is missing in ${query}`);
  const word = () => {
    assert.equal(tokens[at]?.type, "word", "a name is missing in " + query);
    return tokens[at++].text;
  };
  const path = () => {
    let name = word();
    while (take(".")) name += "." + word();
    return name;
  };
  const item = () => {
    const name = path();
    if (!take("(")) return name;
    const inside = peek(")") ? "" : path();
    need(")");
    return `${name}(${inside})`;
  };
  const list = (one) => {
    const items = [one()];
    while (take(",")) items.push(one());
    return items;
  };
  const value = (like) => {
    const token = tokens[at++];
    assert.ok(token, "a value is missing in " + query);
    if (token.type === "text") {
      // under LIKE, a bare % or _ is a wildcard; elsewhere all characters are themselves
      const parts = token.chars.map(({ char, escaped }) => (like && !escaped && (char === "%" || char === "_") ? { wildcard: char } : char));
      return { type: "text", parts, text: parts.filter((p) => typeof p === "string").join("") };
    }
    if (token.type === "word" && take(":")) return { type: "literal", text: `${token.text}:${tokens[at++].text}` };
    assert.notEqual(token.type, "symbol", "a value is missing in " + query);
    return { type: token.type === "word" ? "literal" : token.type, text: token.text };
  };
  const test = () => {
    const left = item();
    let operator = tokens[at++]?.text?.toLowerCase();
    if (operator === "not") {
      need("in");
      operator = "not in";
    }
    assert.ok(["=", "!=", "<>", "<", "<=", ">", ">=", "like", "in", "not in", "includes", "excludes"].includes(operator), `${operator} in ${query}`);
    if (["in", "not in", "includes", "excludes"].includes(operator)) {
      need("(");
      if (peek("select")) {
        const inner = parseQuery();
        need(")");
        return { left, operator, inner };
      }
      const values = list(() => value(false));
      need(")");
      return { left, operator, values };
    }
    return { left, operator, values: [value(operator === "like")] };
  };
  const conditions = () => {
    const terms = [term()];
    const joint = peek("or") ? "or" : "and";
    while (take(joint)) terms.push(term());
    assert.ok(!peek("and") && !peek("or"), "AND beside OR in " + query);
    return terms.length === 1 ? terms[0] : { [joint]: terms };
  };
  function term() {
    if (take("not")) return { not: term() };
    if (!take("(")) return test();
    const inside = conditions();
    need(")");
    return inside;
  }
  function parseQuery() {
    const result = {};
    need("select");
    result.select = list(() => {
      if (take("(")) {
        const children = parseQuery();
        need(")");
        return children;
      }
      const field = item();
      return tokens[at]?.type === "word" && !peek("from") ? `${field} ${word()}` : field;
    });
    need("from");
    result.from = word();
    if (take("where")) result.where = conditions();
    if (take("group")) {
      need("by");
      result.group = list(item);
      if (take("having")) result.having = conditions();
    }
    if (take("order")) {
      need("by");
      result.order = list(() => {
        let order = item();
        if (take("asc")) order += " asc";
        if (take("desc")) order += " desc";
        if (take("nulls")) order += " nulls " + word();
        return order;
      });
    }
    if (take("limit")) result.limit = value(false);
    if (take("offset")) result.offset = value(false);
    return result;
  }
  const result = parseQuery();
  assert.equal(at, tokens.length, `${JSON.stringify(tokens[at])} is left over in ${query}`);
  return result;
}
