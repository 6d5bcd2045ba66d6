// What a team would write in a day with jsonnet: no schema, a template function.
//     jsonnet --tla-str-file text=TEMPLATE build.jsonnet
local component(kind, name, more) = {
  _id: 'dc-' + name, refId: name, name: name, type: kind, namespace: 'private', lname: std.asciiLower(name),
  errorMessage: [], message: [], isPlaceholder: false, isFollowUp: false, useTaskLevelNs: true,
  state: 'published', localeData: { en: { name: name, displayName: name } },
} + more;
local message(text) = [{ channel: 'default', text: text, type: 'basic', customTemplate: {} }];
local get(template, key) = if std.objectHas(template, key) then template[key] else {};
local node(name, following) = {
  nodeId: 'node-' + name, type: 'node', name: name, componentId: 'dc-' + name, preConditions: [],
  transitions: [{ default: following, metadata: { color: '#299d8e', connId: 'dummy-' + name } }],
  nodeOptions: { transitionType: 'auto', metaTags: { ignore: [], force: [] }, customTags: {} },
  metadata: { left: 0, top: 0 }, vNameSpace: [], useTaskLevelNs: true,
};
function(text)
  local template = std.parseYaml(text);
  local entities = get(template, 'entities');
  local services = get(template, 'services');
  local messages = get(template, 'messages');
  local order = std.objectFields(entities) + std.objectFields(services) + std.objectFields(messages);
  {
    dialogs: [{
      _id: 'dg-' + template.template, name: template.title, lname: std.asciiLower(template.title),
      nodes: [node(order[i], if i + 1 < std.length(order) then order[i + 1] else 'end')
              for i in std.range(0, std.length(order) - 1)],
    }],
    dialogComponents:
      [component('entity', name, { entityType: entities[name].type, message: message(std.toString(entities[name].prompt)) })
       for name in std.objectFields(entities)] +
      [component('service', name, { payload: std.manifestJson(services[name]),
                                    endPoint: { protocol: 'https', method: 'post', host: '{{env.SALESFORCE_INSTANCE}}' } })
       for name in std.objectFields(services)] +
      [component('message', name, { message: message(std.manifestJson(messages[name])) })
       for name in std.objectFields(messages)],
    sentences: template.intent.utterances,
    patterns: [], idpConfigurations: [], contentVariables: [],
  }
