function read(object, path) {
    for (var i = 0; i < path.length; i++) {
        if (object === undefined || object === null) {
            return undefined;
        }
        object = object[path[i]];
    }
    return object === null ? undefined : object;
}
