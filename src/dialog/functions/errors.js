function errors(service) {
    var body = read(context, [service, "response", "body"]);
    if (typeof body === "string") {
        try {
            body = JSON.parse(body);
        } catch (e) {
            body = undefined;
        }
    }
    return body instanceof Array ? body : [body];
}
