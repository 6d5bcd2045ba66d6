// The platform's part in running an artifact's service nodes, for the tests: scripts run in a
// JavaScript engine, {{context.…}} is put into the request as it is.
export const decode = (text) => decodeURIComponent(text);

function read(context, path) {
  return path.split(".").slice(1).reduce((value, key) => value?.[key], context);
}

/** What the platform makes of {{context.…}}: text as it is, objects as JSON. */
export function substitute(text, context) {
  return text.replace(/\{\{(context\.[^}]*)\}\}/g, (whole, path) => {
    const value = read(context, path);
    return value !== null && typeof value === "object" ? JSON.stringify(value) : String(value);
  });
}

const compiled = new Map();

/** Runs a script or message script; what it prints. `koreUtil` adds to the platform's library. */
export function run(script, context, env = {}, koreUtil = {}) {
  if (!compiled.has(script)) {
    compiled.set(script, new Function("context", "print", "koreUtil", "env", "content", script));
  }
  const printed = [];
  compiled.get(script)(context, (text) => printed.push(text), { ClearAuthProfiles() {}, ...koreUtil }, env, {});
  return printed;
}

/** The bot actions of an artifact, each as the list of its components. */
export function actions(artifact) {
  const components = Object.fromEntries(artifact.dialogComponents.map((c) => [c._id, c]));
  return artifact.dialogComponents
    .filter((c) => c.type === "botAction")
    .map((action) => action.nodes.map((node) => components[node.componentId]));
}

/** The request of the service in a bot action, after the script before it has run. */
export function request(group, context) {
  const place = group.findIndex((c) => c.type === "service");
  for (const component of group.slice(0, place)) {
    run(decode(component.script), context);
  }
  const service = group[place];
  return {
    method: service.endPoint.method.toUpperCase(),
    path: substitute(decode(service.endPoint.path), context).replaceAll(" ", "%20"),
    headers: JSON.parse(substitute(service.headers.value, context)),
    body: substitute(decode(service.payload.value), context),
  };
}
