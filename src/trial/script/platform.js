// What the scripts of a conversation find besides the language: `context`, `env`, `content`, the session objects
// and koreUtil (docs/testing.md says where each is documented).
//
// The engine calls this once for each conversation, in a realm that may have served others (realm.js): so nothing in
// here may outlive it. `natives` are functions of the program:
//     print(text)                      false when more is printed than a conversation may
//     clearLogins(), close()
//     digest(algorithm, encoding, text)  undefined when it does not know one of the two
//     source(name)                     the text of a library
(function (global, natives) {
    'use strict';
    const hidden = (object, members) => {
        for (const name of Object.keys(members)) {
            Object.defineProperty(object, name, {value: members[name], writable: true, configurable: true});
        }
    };

    // ---- the context, and the session objects, which are parts of it ----

    const sessions = ['BotUserSession', 'UserSession', 'UserContext', 'BotContext', 'EnterpriseContext'];
    const context = {
        entities: {}, session: {opts: {userId: 'u-simulated'}}, intentType: 'dialog', traits: [], history: [],
        onHoldTasks: [], message_tone: [], dialog_tone: [], currentTags: {tags: []}, historicTags: [],
    };
    // The platform knows every user.
    const user = {
        _id: 'u-simulated', firstName: 'Ada', lastName: 'Example', emailId: 'ada@example.com', orgId: 'o-simulated',
        activationStatus: 'active', identities: [{type: 'email', val: 'ada@example.com'}], customData: {},
    };
    const copy = (value) => (typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value);
    // A script may put another object into the context: what counts is what is there now.
    const values = (name) => {
        const session = global.context.session = global.context.session || {};
        return session[name] = session[name] || {};
    };
    for (const name of sessions) {
        context.session[name] = name === 'UserContext' ? {...user} : {};
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

    // ---- what concerns people who watch the bot, and changes nothing in the conversation ----

    const nothing = () => {};
    global.koreDebugger = {log: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing};
    global.tags = {addUserTag: nothing, addSessionTag: nothing, addMessageTag: nothing};
    global.agentUtils = new Proxy({}, {get: () => nothing});

    // ---- koreUtil ----

    // Modules that name each other (xmlbuilder's do) get what the other one exports so far, as in Node.js.
    const modules = {timers: {exports: {setImmediate: (action, ...given) => void Promise.resolve(given).then((them) => action(...them))}}};
    const require = (path) => {
        const name = path.replace(/^\.\//, '');
        if (modules[name] === undefined) {
            const module = modules[name] = {exports: {}};
            const source = natives.source(name);
            if (source === '') {
                delete modules[name];
                throw new Error(`koreUtil.${name} is not part of the simulator`);
            }
            Function('module', 'exports', 'require', source).call(module.exports, module, module.exports, require);
        }
        return modules[name].exports;
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
    // Time zones take longer to read than moment itself: a script gets them when it asks for them.
    const withZones = () => {
        const library = require('moment');
        if (modules['moment-timezone'] === undefined) {
            delete library.tz;
            delete library.fn.tz;
            require('moment-timezone');
        }
        return library;
    };
    const moment = () => {
        const library = require('moment');
        for (const object of Object.hasOwn(library, 'tz') ? [] : [library, library.fn]) {
            Object.defineProperty(object, 'tz', {configurable: true, get() { return withZones() && this.tz; }});
        }
        return library;
    };
    // momenttz(date, 'Asia/Tokyo') is moment.tz(date, 'Asia/Tokyo'); everything else of it is moment's.
    const momenttz = () => {
        const library = withZones();
        const build = (...given) => {
            const zone = given[given.length - 1];
            return given.length > 1 && library.tz.zone(String(zone)) !== null ? library.tz(...given) : library(...given);
        };
        return Object.setPrototypeOf(build, library);
    };
    const koreUtil = {
        ClearAuthProfiles: () => natives.clearLogins(),
        ClearAllAuthProfiles: () => natives.clearLogins(),
        closeConversationSession: () => natives.close(),
        getSessionId: () => 'simulated-session',
        autoTranslate: (text) => text,
        AutoTranslate: (text) => text,
        getSunshineConversationsMetadata: () => ({}),
        getAmbiguousIntents: () => [],
        getCurrentOptions: () => ({authorizationURL: 'https://login.example/authorize'}),
        hash,
    };
    const libraries = {
        _: lodash,
        moment,
        momenttz,
        intl: () => Intl,
        xml2js: () => require('xml2js'),
    };
    for (const name of Object.keys(libraries)) {
        Object.defineProperty(koreUtil, name, {get: libraries[name], enumerable: true});
    }
    global.koreUtil = new Proxy(koreUtil, {
        get(target, name) {
            if (!(name in target) && typeof name === 'string' && name !== 'toJSON') {
                throw new Error(`koreUtil.${name} is not part of the simulator`);
            }
            return target[name];
        },
    });

    hidden(global, {
        print(...parts) {
            if (!natives.print(parts.map(String).join(' '))) {
                throw new RangeError('too much is printed');
            }
        },
    });
})
