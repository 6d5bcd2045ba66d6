function digitsOf(value) { // of 1234.5, "1234.50", [{amount: 12.5, code: "EUR"}]
    var one = value instanceof Array && value.length === 1 ? value[0] : value;
    one = one !== null && typeof one === "object" ? one.amount : one;
    var text = typeof one === "number" || typeof one === "string" ? String(one) : "";
    return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) ? text : undefined;
}
