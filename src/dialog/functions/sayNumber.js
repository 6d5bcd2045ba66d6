function sayNumber(value) {
    var digits = digitsOf(value);
    return digits === undefined ? value : grouped(digits);
}
