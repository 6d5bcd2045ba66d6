function today() {
    var time = new Date().getTime();
    return new Date(time + (offset(time) || 0) * 60000).toISOString().slice(0, 10);
}
