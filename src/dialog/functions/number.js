function number(value) { // "1,234.50 EUR", [{amount: 12.5, code: "EUR"}]
    var first = value instanceof Array ? value[0] : value;
    if (first !== null && typeof first === "object") {
        first = first.amount;
    }
    if (first === undefined || first === null || typeof first === "number") {
        return first === null ? undefined : first;
    }
    var text = String(first).replace(/[^0-9.,-]/g, "");
    var comma = text.lastIndexOf(",");
    var point = text.lastIndexOf(".");
    var thousands = comma >= 0 && point < 0 && /^-?\d{1,3}(,\d{3})+$/.test(text);
    if (comma > point && !thousands) {
        text = text.replace(/\./g, "").replace(",", ".");
    } else {
        text = text.replace(/,/g, "");
    }
    return /\d/.test(text) && isFinite(text) ? Number(text) : show(first);
}
