'use strict';
const {entities: {age = 18, ...others}, session: {BotUserSession: user} = {}} = context;
let [first, , second = first, ...rest] = user?.list ?? [];
const total = rest.reduce((sum, {price, count = 1}) => sum + price * count, 0);
const greet = async (name) => { const answer = await fetch(`https://${name}/?q=${encodeURIComponent(`${age}`)}`); return answer?.[0]?.text?.(); };
const half = x => x / 2, none = () => ({}), both = ({a}, [b] = [1]) => [a, b], many = async x => x ** 2;
for (const [key, value] of Object.entries(others)) { if (value == null) continue; context[key] ??= value; }
for (let i = 0; i < 3; i++) ;
class Order extends Base {
    static count = 0;
    static { Order.count = 1; }
    constructor(lines) { super(lines); this.lines = lines; Order.count += 1; }
    get size() { return this.lines.length; }
    set size(value) { this.lines.length = value }
    static of(...lines) { return new Order([...lines]); }
    async *each() { for await (const line of this.lines) yield line; yield* super.each(); }
    has(o) { return 'lines' in o && new.target === undefined; }
    ['computed' + 1]() {}
    get; set; async; static; 'quoted' = 1; 12 = 2
    plain
}
const object = {age, get a() { return 1; }, set a(v) {}, async b() {}, *c() { yield; }, async *d() {}, [age]: 1, 'e': 2, 3: 3, ...others, get: 1, set: 2, async: 3, new: 4, f(x = 1) { return super.f; }};
try { throw new Error("x"); } catch { print(object.new.length); }
context.text = String.raw`\unicode ${age}` || (age && total) || null;
({age: context.age, b: [context.b], ...context.c} = object);
[context.a, context.b] = [context.b, context.a];
context.d &&= 1; context.e ||= 2; context.f **= 2;
const when = age > 18 ? 'adult' : age === 18 ? "just" : `minor`;
label: { if (when) break label; }
async function* generate(a, b = 2, {c}, ...d) { const e = yield a; await b; return e; }
function outside() { return function inner() { return arguments.length; }; }
const found = (1, 2), nested = ((a) => (b) => a + b)(1)(2), re = /(?<year>\d{4})-(?=x)[^\]]/u;
if (!(/x/ in {}) && -1 + +1 - -1) { let found = 1; { const found = 2; } }
