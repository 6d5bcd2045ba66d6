function count(value) { // of LIMIT and OFFSET
    var amount = number(value);
    return typeof amount === "number" && amount > 0 ? String(Math.floor(amount)) : "0";
}
