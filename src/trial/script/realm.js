// The realm of a conversation's scripts: the builtins of the language, with a clock and a chance that stand still.
//
// To make one takes longer than most conversations, so one conversation after the other may have it. None may see
// anything of those before it: `leave` removes what is global, and says whether all else is as `remember` found it.
// What cannot be seen to have changed is that a builtin cannot be written or enumerated any more: the engine looks for
// scripts that could bring this about.
(function (global) {
    'use strict';
    const {isExtensible, freeze, hasOwn, getPrototypeOf, getOwnPropertyDescriptor} = Object;
    const {apply, ownKeys, deleteProperty} = Reflect;

    // ---- the same conversation gives the same answers ----

    let now, seed;
    const RealDate = Date;
    const StillDate = function Date(...parts) {
        if (new.target === undefined) {
            return new RealDate(now).toString();
        }
        return Reflect.construct(RealDate, parts.length === 0 ? [now] : parts, new.target);
    };
    const hidden = {writable: true, configurable: true};
    StillDate.prototype = RealDate.prototype;
    Object.defineProperties(StillDate, {
        now: {value: () => now, ...hidden}, parse: {value: RealDate.parse, ...hidden}, UTC: {value: RealDate.UTC, ...hidden},
    });
    // What is there already stays hidden when it gets another value.
    RealDate.prototype.constructor = StillDate;
    global.Date = StillDate;
    Math.random = function random() {
        seed = seed * 48271 % 2147483647;
        return (seed - 1) / 2147483646;
    };

    // ---- what is there before a conversation ----

    // Who asks for these gets the realm for good: `eval`, called by another name, may declare what nobody can list
    // afterwards, and Intl takes longer to look through than a new realm.
    let isTaken = false;
    const watch = (name) => {
        const real = global[name];
        Object.defineProperty(global, name, {
            configurable: true,
            get() {
                isTaken = true;
                return real;
            },
            set(value) {
                isTaken = true;
                Object.defineProperty(global, name, {value, ...hidden});
            },
        });
    };

    // All objects that scripts can get at. Some have no name: what generators and iterators inherit from.
    const reachable = () => {
        const nameless = [
            function* () {}, async function () {}, async function* () {}, [].values(), new Map().keys(), new Set().keys(),
            ''[Symbol.iterator](), ''.matchAll(/a/g),
        ];
        const found = new Set([global, ...nameless.map(getPrototypeOf)]);
        for (const object of found) {
            const descriptors = ownKeys(object).map((key) => getOwnPropertyDescriptor(object, key));
            for (const one of [getPrototypeOf(object), ...descriptors.flatMap(({value, get, set}) => [value, get, set])]) {
                if (typeof one === 'function' || typeof one === 'object' && one !== null) {
                    found.add(one);
                }
            }
        }
        return found;
    };

    // Of most functions nobody can change anything: they are many, and it makes no difference to a script.
    const isPlain = (object) =>
        typeof object === 'function' && !hasOwn(object, 'prototype') && object !== Function.prototype;
    const describe = (object) => {
        const all = ownKeys(object);
        const keys = all.filter((key) => hasOwn(getOwnPropertyDescriptor(object, key), 'value'));
        return {object, count: all.length, keys, values: keys.map((key) => object[key]), parent: getPrototypeOf(object)};
    };

    // ---- and after it: nothing here may call what a script can have replaced ----

    let globals, remembered;
    const RealRegExp = RegExp;
    const {exec} = RegExp.prototype;

    const isAsBefore = ({object, count, keys, values, parent}) => {
        if (ownKeys(object).length !== count || !isExtensible(object) || getPrototypeOf(object) !== parent) {
            return false;
        }
        for (let i = 0; i < keys.length; i++) {
            const value = object[keys[i]];
            if (value !== values[i] && value === value) { // NaN is not equal to itself
                return false;
            }
        }
        return true;
    };
    const removeGlobals = () => {
        const keys = ownKeys(global);
        for (let i = 0; i < keys.length; i++) {
            if (!(keys[i] in globals) && !deleteProperty(global, keys[i])) {
                return false;
            }
        }
        return true;
    };
    // `RegExp.$1` and its like.
    const forgetMatch = () => {
        RealRegExp.input = '';
        RealRegExp.multiline = false;
        apply(exec, /(?:)/, ['']);
    };

    return {
        begin(time) {
            now = time;
            seed = 1;
        },
        remember() {
            watch('eval');
            watch('Intl');
            const objects = [...reachable()];
            objects.filter(isPlain).forEach((one) => freeze(one));
            // The global object comes last, when nothing is left in it of the conversation.
            remembered = objects.filter((object) => !isPlain(object) && object !== global).map(describe);
            remembered.push(describe(global));
            globals = Object.assign(Object.create(null), Object.fromEntries(ownKeys(global).map((key) => [key, true])));
            forgetMatch();
        },
        leave(hasRun) {
            for (let i = 0; hasRun && i < remembered.length - 1; i++) {
                if (!isAsBefore(remembered[i])) {
                    return false;
                }
            }
            if (!removeGlobals() || !isAsBefore(remembered[remembered.length - 1])) {
                return false;
            }
            forgetMatch();
            return !isTaken;
        },
    };
})
