function grouped(digits) {
    var parts = digits.replace("-", "").split(".");
    if (parts[0].length >= language.smallest) {
        parts[0] = parts[0].replace(language.groups, language.group);
    }
    return (digits.charAt(0) === "-" ? "-" : "") + parts.join(language.decimal);
}
