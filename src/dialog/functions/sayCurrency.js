function sayCurrency(value, code) {
    var digits = digitsOf(value);
    if (digits === undefined || Math.abs(digits) >= 1e15) {
        return value;
    }
    var one = value instanceof Array ? value[0] : value; // may name its own currency
    code = one && /^[A-Z]{3}$/.test(one.code) ? one.code : code;
    var places = /^(BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|VND|VUV|XAF|XOF|XPF)$/.test(code) ? 0 :
        /^(BHD|IQD|JOD|KWD|LYD|OMR|TND)$/.test(code) ? 3 : 2;
    var symbols = {EUR: "\u20ac", GBP: "\u00a3", INR: "\u20b9", JPY: "\u00a5", USD: "$"};
    var amount = Math.abs(digits).toFixed(places);
    var sign = digits < 0 && Number(amount) > 0 ? "-" : "";
    var symbol = symbols.hasOwnProperty(code) ? symbols[code] : code;
    var pattern = symbol.length > 1 ? language.money.replace("{symbol}{amount}", "{symbol}\u00a0{amount}") : language.money;
    return sign + fill(pattern, {symbol: symbol, amount: grouped(amount)});
}
