// Where the program is: in the package of this platform, which npm installs as an optional dependency.
"use strict";

const path = require("node:path");

const platforms = {"linux x64": "@dialogc/linux-x64", "linux arm64": "@dialogc/linux-arm64"};

/** The path of the program; throws an Error that says what to do where there is none. DIALOGC names another one. */
function programPath() {
    if (process.env.DIALOGC) {
        return process.env.DIALOGC;
    }
    const platform = `${process.platform} ${process.arch}`;
    const name = platforms[platform];
    if (name === undefined) {
        const known = Object.keys(platforms).join(", ");
        throw new Error(`dialogc has no program for ${platform}, only for ${known}; ` +
            "build it from source, and set the variable DIALOGC to its path");
    }
    try {
        return path.join(path.dirname(require.resolve(`${name}/package.json`)), "bin", "dialogc");
    } catch {
        throw new Error(`the package ${name} is not installed; ` +
            "install dialogc again, without --no-optional or --omit=optional");
    }
}

module.exports = {programPath};
