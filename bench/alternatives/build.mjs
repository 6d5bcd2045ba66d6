// What a team would write in a day with node: yaml, ajv and a template function.
//     node build.mjs SCHEMA OUT-FOLDER TEMPLATE|FOLDER
import fs from "node:fs";
import path from "node:path";
import Ajv from "ajv/dist/2020.js";
import { parse } from "yaml";

const [schema, out, input] = process.argv.slice(2);
const validate = new Ajv({ strict: false, logger: false, validateFormats: false })
    .compile(JSON.parse(fs.readFileSync(schema, "utf8")));

function component(type, name, more) {
    return {
        _id: `dc-${name}`, refId: name, name, type, namespace: "private", lname: name.toLowerCase(),
        errorMessage: [], message: [], isPlaceholder: false, isFollowUp: false, useTaskLevelNs: true,
        state: "published", localeData: { en: { name, displayName: name } }, ...more,
    };
}

function message(text) {
    return [{ channel: "default", text: encodeURIComponent(text), type: "basic", customTemplate: {} }];
}

function node(type, name, next) {
    return {
        nodeId: `${type}-${name}`, type, name, componentId: `dc-${name}`, preConditions: [],
        transitions: [{ default: next ?? "end", metadata: { color: "#299d8e", connId: `dummy-${name}` } }],
        nodeOptions: { transitionType: "auto", metaTags: { ignore: [], force: [] }, customTags: {} },
        metadata: { left: 0, top: 0 }, vNameSpace: [], useTaskLevelNs: true,
    };
}

function compile(template) {
    const names = Object.keys(template.entities ?? {});
    const services = Object.keys(template.services ?? {});
    const messages = Object.keys(template.messages ?? {});
    const order = [...names, ...services, ...messages];
    return {
        dialogs: [{
            _id: `dg-${template.template}`, name: template.title, lname: template.title.toLowerCase(),
            nodes: order.map((name, i) => node("node", name, order[i + 1])),
        }],
        dialogComponents: [
            ...names.map((name) => component("entity", name, {
                entityType: template.entities[name].type, message: message(String(template.entities[name].prompt)),
            })),
            ...services.map((name) => component("service", name, {
                endPoint: { protocol: "https", method: "post", host: "{{env.SALESFORCE_INSTANCE}}" },
                payload: JSON.stringify(template.services[name]),
            })),
            ...messages.map((name) => component("message", name, {
                message: message(JSON.stringify(template.messages[name])),
            })),
        ],
        sentences: [template.intent.utterances].flat().map((sentence, i) => ({ _id: `${i}`, sentence })),
        patterns: [], idpConfigurations: [], contentVariables: [],
    };
}

const files = fs.statSync(input).isDirectory()
    ? fs.readdirSync(input).filter((name) => name.endsWith(".yaml")).map((name) => path.join(input, name))
    : [input];
for (const file of files) {
    const template = parse(fs.readFileSync(file, "utf8"));
    if (!validate(template)) {
        console.error(file, validate.errors);
        process.exit(1);
    }
    fs.writeFileSync(path.join(out, `${template.template}.dialog.json`),
        JSON.stringify(compile(template), null, 4));
}
