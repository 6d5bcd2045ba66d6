function link(value) {
    var text = show(value).replace(/^\s+|\s+$/g, "");
    if (/^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?([\/?#]|$)/i.test(text)) { // www.example.com
        text = "https://" + text;
    }
    if (!/^(https?:\/\/|mailto:|tel:|sms:)/i.test(text)) {
        return "";
    }
    return text.replace(/[\s<>"'`()\\]/g, function (c) { // would end the link in a text
        return /['()]/.test(c) ? "%" + c.charCodeAt(0).toString(16) : encodeURIComponent(c);
    });
}
