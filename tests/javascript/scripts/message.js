// A message with buttons, in the language of every platform version.
var records = context.listDeals.response.body.records || [];
var elements = [];
for (var i = 0, most = Math.min(records.length, 5); i < most; i++) {
    var record = records[i];
    elements.push({
        "title": record.Name,
        subtitle: record.Account ? record.Account.Name : '',
        'buttons': [{type: "postback", title: "Choose", payload: record.Id,}],
    });
}
if (elements.length === 0) print("Nothing found.");
else {
    var message = {type: "template", payload: {template_type: "list", elements: elements}};
    print(JSON.stringify(message));
}
function pad(number) { return number < 10 ? "0" + number : String(number) }
context.total = pad(7) / 2 + /[/"'\]]+(?:x{2,3}|y*?)$/gi.test(context.entities.name), context.done = !0
do { context.count--; } while (context.count > 0) context.rest = 1;
try { JSON.parse(context.text); } catch (error) { koreDebugger.log(error.message); } finally { delete context.text; }
switch (context.entities.kind) {
case "a": case 'b':
    context.kind = 1;
    break;
default:
    context.kind = void 0;
}
outer: for (var key in context) { for (;;) { if (key in context.entities) continue outer; else break outer; } }
while (typeof context.x !== "undefined" && !(context.x instanceof Array)) { context.x = [context.x]; }
context.mask = (~1 & 2 | 3 ^ 4) << 5 >> 6 >>> 7;
context.line = "one\
two\u00e4\x41\u{1F600}\n\0";
var self = this, numbers = [1, , .5, 5., 1e3, 0xfF, 0b11, 0o17, 1_000, 12n];
