"""What a team would write in a day with python: PyYAML's C loader, jsonschema and a template function.

    python3 build.py SCHEMA OUT-FOLDER TEMPLATE|FOLDER
"""
import json
import os
import sys
import urllib.parse

import jsonschema
import yaml


class Loader(yaml.CSafeLoader):
    """Without YAML 1.1's booleans: `no` is the key of a branch."""


Loader.yaml_implicit_resolvers = {
    first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, pairs in yaml.CSafeLoader.yaml_implicit_resolvers.items()}


def component(kind, name, **more):
    return {"_id": f"dc-{name}", "refId": name, "name": name, "type": kind, "namespace": "private",
            "lname": name.lower(), "errorMessage": [], "message": [], "isPlaceholder": False,
            "isFollowUp": False, "useTaskLevelNs": True, "state": "published",
            "localeData": {"en": {"name": name, "displayName": name}}, **more}


def message(text):
    return [{"channel": "default", "text": urllib.parse.quote(text), "type": "basic", "customTemplate": {}}]


def node(name, following):
    return {"nodeId": f"node-{name}", "type": "node", "name": name, "componentId": f"dc-{name}",
            "preConditions": [],
            "transitions": [{"default": following, "metadata": {"color": "#299d8e", "connId": f"dummy-{name}"}}],
            "nodeOptions": {"transitionType": "auto", "metaTags": {"ignore": [], "force": []}, "customTags": {}},
            "metadata": {"left": 0, "top": 0}, "vNameSpace": [], "useTaskLevelNs": True}


def compile_template(template):
    entities, services = template.get("entities", {}), template.get("services", {})
    messages = template.get("messages", {})
    order = [*entities, *services, *messages]
    return {
        "dialogs": [{"_id": f"dg-{template['template']}", "name": template["title"],
                     "lname": template["title"].lower(),
                     "nodes": [node(name, following) for name, following in zip(order, [*order[1:], "end"])]}],
        "dialogComponents":
            [component("entity", name, entityType=entity["type"], message=message(str(entity.get("prompt"))))
             for name, entity in entities.items()] +
            [component("service", name, payload=json.dumps(service),
                       endPoint={"protocol": "https", "method": "post", "host": "{{env.SALESFORCE_INSTANCE}}"})
             for name, service in services.items()] +
            [component("message", name, message=message(json.dumps(text))) for name, text in messages.items()],
        "sentences": [{"_id": str(i), "sentence": sentence}
                      for i, sentence in enumerate(template["intent"]["utterances"])],
        "patterns": [], "idpConfigurations": [], "contentVariables": [],
    }


def main():
    schema, out, source = sys.argv[1:4]
    with open(schema, encoding="utf-8") as file:
        validator = jsonschema.Draft202012Validator(json.load(file))
    files = ([os.path.join(source, name) for name in os.listdir(source) if name.endswith(".yaml")]
             if os.path.isdir(source) else [source])
    for path in files:
        with open(path, encoding="utf-8") as file:
            template = yaml.load(file, Loader=Loader)
        validator.validate(template)
        with open(f"{out}/{template['template']}.dialog.json", "w", encoding="utf-8") as file:
            json.dump(compile_template(template), file, indent=4, ensure_ascii=False)


main()
