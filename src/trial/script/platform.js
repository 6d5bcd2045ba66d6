// What the scripts of a conversation find besides the language: `context`, `env`, `content`, the session objects
// and koreUtil (docs/testing.md says where each is documented), and a clock and a chance that stand still.
//
// The engine calls this once for each conversation. `natives` are functions of the program:
//     print(text)                      false when more is printed than a conversation may
//     clearLogins(), close()
//     digest(algorithm, encoding, text)  undefined when it does not know one of the two
//     source(name)                     the text of a library
(function (global, natives, now) {
    'use strict';
    const hidden = (object, members) => {
        for (const name of Object.keys(members)) {
            Object.defineProperty(object, name, {value: members[name], writable: true, configurable: true});
        }
    };

    // ---- the same conversation gives the same answers ----

    const RealDate = Date;
    function StillDate(...parts) {
        if (new.target === undefined) {
            return new RealDate(now).toString();
        }
        return Reflect.construct(RealDate, parts.length === 0 ? [now] : parts, new.target);
    }
    StillDate.prototype = RealDate.prototype;
    hidden(StillDate, {now: () => now, parse: RealDate.parse, UTC: RealDate.UTC});
    Object.defineProperty(StillDate, 'name', {value: 'Date'});
    hidden(RealDate.prototype, {constructor: StillDate});
    let seed = 1;
    hidden(Math, {
        random() {
            seed = seed * 48271 % 2147483647;
            return (seed - 1) / 2147483646;
        },
    });

    // ---- the context, and the session objects, which are parts of it ----

    const sessions = ['BotUserSession', 'UserSession', 'UserContext', 'BotContext', 'EnterpriseContext'];
    const context = {entities: {}, session: {}};
    const copy = (value) => (typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value);
    // A script may put another object into the context: what counts is what is there now.
    const values = (name) => {
        const session = global.context.session = global.context.session || {};
        return session[name] = session[name] || {};
    };
    for (const name of sessions) {
        context.session[name] = {};
        const methods = {get: (key) => copy(values(name)[key])};
        if (name !== 'UserContext') {
            // Time stands still: what is put for some minutes stays for the conversation.
            methods.put = (key, value, minutes) => {
                if (minutes === undefined || minutes > 0) {
                    values(name)[key] = copy(value);
                } else {
                    delete values(name)[key];
                }
            };
            methods.delete = (key) => { delete values(name)[key]; };
        }
        global[name] = new Proxy(methods, {
            get: (target, key) => (Object.hasOwn(target, key) ? target[key] : values(name)[key]),
            set: (target, key, value) => { values(name)[key] = value; return true; },
            has: (target, key) => Object.hasOwn(target, key) || key in values(name),
            ownKeys: () => Reflect.ownKeys(values(name)),
            getOwnPropertyDescriptor: (target, key) => Object.getOwnPropertyDescriptor(values(name), key) &&
                {value: values(name)[key], writable: true, enumerable: true, configurable: true},
        });
    }
    Object.assign(global, {context, env: {}, content: {}});

    // ---- koreUtil ----

    const loaded = {};
    const require = (name) => {
        if (loaded[name] === undefined) {
            const module = {exports: {}};
            Function('module', 'exports', 'require', natives.source(name)).call(global, module, module.exports, require);
            loaded[name] = module.exports;
        }
        return loaded[name];
    };
    const lodash = () => {
        const library = require('lodash');
        // Version 3, from which the platform's documentation takes its example, calls these by other names.
        library.pluck = library.pluck || library.map;
        library.contains = library.contains || library.includes;
        return library;
    };
    const hash = (algorithm) => {
        let text = '';
        const sum = {
            update(more) {
                text += more;
                return sum;
            },
            digest(encoding) {
                const digest = natives.digest(String(algorithm), String(encoding), text);
                if (digest === undefined) {
                    throw new Error(`koreUtil.hash does not know ${algorithm} as ${encoding}`);
                }
                return digest;
            },
        };
        return sum;
    };
    const missing = (name) => () => { throw new Error(`koreUtil.${name} is not part of the simulator`); };
    const koreUtil = {
        ClearAuthProfiles: natives.clearLogins,
        ClearAllAuthProfiles: natives.clearLogins,
        closeConversationSession: natives.close,
        getSessionId: () => 'simulated-session',
        autoTranslate: (text) => text,
        getAmbiguousIntents: () => [],
        getCurrentOptions: () => ({authorizationURL: 'https://login.example/authorize'}),
        hash,
    };
    const libraries = {
        _: lodash,
        moment: () => require('moment'),
        momenttz: () => require('moment-timezone'),
        intl: () => Intl,
        rrule: missing('rrule'),
        xml2js: missing('xml2js'),
    };
    for (const name of Object.keys(libraries)) {
        Object.defineProperty(koreUtil, name, {get: libraries[name], enumerable: true});
    }
    global.koreUtil = koreUtil;

    hidden(global, {
        Date: StillDate,
        print(...parts) {
            if (!natives.print(parts.map(String).join(' '))) {
                throw new RangeError('too much is printed');
            }
        },
    });
})
