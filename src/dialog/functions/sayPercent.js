function sayPercent(value) { // 50 is 50 %, as in Salesforce
    var digits = digitsOf(value);
    return digits === undefined ? value : fill(language.percent, {n: grouped(digits)});
}
