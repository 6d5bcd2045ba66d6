#!/usr/bin/env python3
"""How dialogs of bot exports run: `simulator.py DIALOGC [NAME...]`.

Each case is a small export, made of a few nodes, and one conversation with it that must pass. What is not
expected in a turn is not looked at; problems are, always.
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.parse

CASES = []


def case(conversation):
    """Registers a function that makes an export; `conversation` is the case, as in a file of conversations."""

    def register(make):
        CASES.append((make.__name__, make, conversation))
        return make

    return register


# ---- exports ----


def encode(text):
    return urllib.parse.quote(text, safe="!~*'()")


def texts(text, kind="basic"):
    return [{"channel": "default", "localeData": {"en": {"text": encode(text), "type": kind}}}]


class Bot:
    """An export. Nodes follow each other in the order in which they are added, unless `then` says otherwise."""

    def __init__(self):
        self.dialogs, self.components, self.sentences = [], [], []

    def dialog(self, name):
        identifier = f"dg-{name}"
        intent = self.component("intent", name, dialogId=identifier)
        self.nodes = [self.stub("intent0", "intent", intent)]
        self.dialogs.append({"_id": identifier, "lname": name.lower(), "nodes": self.nodes,
                             "localeData": {"en": {"name": name, "shortDesc": ""}}})
        self.sentences.append({"taskId": intent["_id"], "sentence": f"please {name}", "entities": []})
        return self

    def component(self, type_, name, **keys):
        number = len(self.components)
        own = {"_id": f"dc-{number}", "refId": f"ref-{number}", "name": name, "type": type_, "localeData": {"en": {}}, **keys}
        self.components.append(own)
        return own

    @staticmethod
    def stub(identifier, type_, component, **keys):
        return {"nodeId": identifier, "type": type_, "componentId": component["_id"], "nodeOptions": {},
                "transitions": [{"default": "end"}], **keys}

    def node(self, type_, name, then=None, stub=None, **keys):
        component = self.component(type_, name, **keys)
        own = self.stub(name, type_, component, **(stub or {}))
        last = self.nodes[-1]["transitions"][-1]
        if last.get("default") == "end" and "if" not in last:
            last["default"] = name
        own["transitions"] = then or [{"default": "end"}]
        self.nodes.append(own)
        return self

    def ask(self, name, prompt=None, then=None, **keys):
        return self.node("entity", name, then, entityType=keys.pop("entityType", "label"),
                         message=texts(prompt or f"{name}?"), errorMessage=texts("Again, please."), **keys)

    def say(self, name, text, then=None):
        return self.node("message", name, then, message=texts(text))

    def show(self, name, script, then=None):
        return self.node("message", name, then, message=texts(script, "uxmap"))

    def run(self, name, script, then=None):
        return self.node("script", name, then, script=encode(script))

    def service(self, name, host="api.example.com", path="/x", method="get", body=None, sample=None, **keys):
        if sample is not None:
            keys["sampleResponse"] = [{"isDefault": True, "response": sample}]
        return self.node("service", name, endPoint={"host": host, "path": path, "method": method, "protocol": "https"},
                         payload={"type": "raw", "value": encode(body) if body else "undefined"},
                         headers=keys.pop("headers", {"type": "raw", "value": "{}"}), **keys)

    def call(self, dialog, name="call", then=None, **stub):
        keys = {"dialogId": f"dg-{dialog}"} if dialog else {}
        return self.node("intent", name, then, stub=stub, **keys)

    def export(self):
        return {"_id": "st-1", "refId": "bot", "dialogs": self.dialogs, "dialogComponents": self.components,
                "sentences": self.sentences, "patterns": [], "contentVariables": getattr(self, "content", []),
                "localeData": {"en": {"name": "Bot"}}, "defaultLanguage": "en", "supportedLanguages": ["en"]}


def go(*then):
    """Transitions: (test, node) pairs, and a default."""
    return [{"if": t[0], "then": t[1]} if isinstance(t, tuple) else {"default": t} for t in then]


# ---- entities belong to their dialog ----


@case({"turns": [{"user": "menu", "bot": "choice?"}, {"user": "a", "bot": ["You are in B.", "choice?"]},
                 {"user": "b", "bot": ["You are in B.", "choice?"]}], "asks": "choice"})
def a_menu_that_is_called_back_asks_again(bot):
    bot.dialog("menu").ask("choice").call("other")
    bot.dialog("other").say("here", "You are in B.").call("menu", "back")


@case({"turns": [{"user": "first", "bot": "name?"}, {"user": "Ada", "bot": ["Called without: true", "Back with Ada"]}]})
def a_caller_has_its_entities_again(bot):
    bot.dialog("first").ask("name").call("second").say("back", "Back with {{context.entities.name}}")
    bot.dialog("second").show("here", "print('Called without: ' + (context.entities.name === undefined));")


@case({"turns": [{"user": "first", "bot": "name?"}, {"user": "Ada", "bot": "Ada of Rome"}]})
def a_call_gives_values_to_entities(bot):
    bot.dialog("first").ask("name")
    bot.call("second", contextMap=encode('{"person": "{{context.entities.name}}", "city": "Rome"}'))
    bot.dialog("second").ask("person").ask("city").say("here", "{{context.entities.person}} of {{context.entities.city}}")


@case({"turns": [{"user": "first"}, {"user": "x", "bot": "x Rome"}]})
def a_list_of_values_works_as_well(bot):
    bot.dialog("first").ask("name")
    bot.call("second", contextMap=encode('[{"key": "city", "value": "Rome"}, {"name": "n", "value": "{{context.entities.name}}"}]'))
    bot.dialog("second").say("here", "{{context.entities.n}} {{context.entities.city}}")


for number, value in enumerate(["null", "undefined", "''", "' \\t'"]):

    def cleared(bot, value=value):
        bot.dialog("task").ask("title").run("clear", f"context.entities.title = {value};", go("title"))

    cleared.__name__ = f"an_entity_that_is_cleared_is_asked_again_{number}"
    case({"turns": [{"user": "task", "bot": "title?"}, {"user": "x", "bot": "title?"}], "asks": "title"})(cleared)


@case({"turns": [{"user": "task", "bot": "Done: false"}]})
def other_values_count_as_answers(bot):
    bot.dialog("task").run("set", "context.entities.done = false;").ask("done").say("here", "Done: {{context.entities.done}}")


# ---- conditions ----


@case({"turns": [{"user": "task", "bot": "Open."}]})
def a_path_needs_no_context_in_front(bot):
    bot.dialog("task").run("set", "context.order = {state: 'open'};",
                           go(({"context": "order.state", "op": "eq", "value": "open"}, "open"), "end"))
    bot.say("open", "Open.")


@case({"turns": [{"user": "task", "bot": "Open."}], "env": {"STATE": "open"}})
def a_path_may_have_braces_and_other_scopes(bot):
    bot.dialog("task").run("set", "context.state = 'open';",
                           go(({"conjoin": "and", "tests": [{"context": "{{context.state}}", "op": "eq", "value": "{{env.STATE}}"},
                                                            {"context": "env.STATE", "op": "exists"}]}, "open"), "end"))
    bot.say("open", "Open.")


@case({"turns": [{"user": "task", "bot": "Otherwise."}]})
def a_condition_without_a_path_does_not_hold(bot):
    bot.dialog("task").run("set", "context.a = 1;", go(({"context": "", "op": "", "value": ""}, "end"), "other"))
    bot.say("other", "Otherwise.")


# ---- requests ----


def url_case(name, conversation, **keys):
    def make(bot):
        bot.dialog("task").service("ask", sample='{"statusCode": 200, "body": {"ok": true}}', **keys)

    make.__name__ = name
    case(conversation)(make)


url_case("a_url_comes_whole_from_a_variable",
         {"env": {"url": "https://api.example.com/v1/"},
          "turns": [{"user": "task", "requests": [{"host": "api.example.com", "path": "/v1/incident", "query": {"q": "7"}}]}]},
         host="", path="{{env.url}}incident?q=7")
url_case("its_protocol_may_be_missing",
         {"env": {"url": "api.example.com"},
          "turns": [{"user": "task", "requests": [{"host": "api.example.com", "path": "/incident"}]}]},
         host=None, path="%7B%7Benv.url%7D%7D/incident")
url_case("a_variable_without_a_value_is_a_host",
         {"turns": [{"user": "task", "answers": {"ask": {"status": 200, "body": {}}},
                     "requests": [{"path": "/incident", "query": {"q": "7"}}]}]},
         host="", path="{{env.url}}incident?q=7")
url_case("a_host_from_a_variable_may_be_a_url",
         {"env": {"host": "https://api.example.com:8443/base/"},
          "turns": [{"user": "task", "requests": [{"host": "api.example.com", "path": "/base/x"}]}]},
         host="{{env.host}}", path="x")


@case({"turns": [{"user": "task", "requests": [{"method": "POST", "body": {"title": "ada", "n": [1, 2]}}]}]})
def headers_and_body_come_whole_from_variables(bot):
    bot.dialog("task").run("set", "context.body = {title: 'ada', n: [1, 2]}; context.headers = {A: 'b'};")
    bot.service("ask", method="post", body="{{context.body}}", headers={"type": "raw", "value": encode("{{context.headers}}")},
                sample="{}")


@case({"turns": [{"user": "task", "requests": [{"body": {"title": "clean"}}], "bot": "clean, then 200"}]})
def processors_run_before_and_after_the_request(bot):
    bot.dialog("task").service("send", method="post", body='{"title": "{{context.title}}"}', sample='{"statusCode": "200", "body": {}}',
                               preProcessor=encode("context.title = 'clean';"),
                               postProcessor=encode("context.done = context.title + ', then ' + context.send.response.statusCode;"))
    bot.say("here", "{{context.done}}")


SAMPLES = {
    "whole": ('{"statusCode": 201, "headers": {}, "body": {"id": 7}}', '201 {"id":7}'),
    "only_a_body": ('{"id": 7}', '200 {"id":7}'),
    "a_list": ("[7]", "200 [7]"),
    "an_object": ({"statusCode": 200, "body": {"id": 7}}, '200 {"id":7}'),
    "text": ("<ok/>", "200 <ok/>"),
}
for kind, (sample, shown) in SAMPLES.items():

    def sampled(bot, sample=sample):
        bot.dialog("task").service("get", sample=sample)
        bot.say("here", "{{context.get.response.statusCode}} {{context.get.response.body}}")

    sampled.__name__ = f"a_sample_is_{kind}"
    case({"turns": [{"user": "task", "bot": shown}]})(sampled)


@case({"turns": [{"user": "task",
                  "problems": ["the request of `get` to api.example.com/x gets no response: nothing simulates it, and "
                               "the service has no sample"]}]})
def without_a_sample_there_is_no_response(bot):
    bot.dialog("task").service("get")


@case({"turns": [{"user": "task"},
                 {"user": "42", "answers": {"save": {"status": 200, "body": {"total": 1}}}, "bot": "Saved: 1",
                  "requests": [{"service": "save", "method": "POST", "host": "dataTable", "path": "/orders",
                                "body": {"data": {"number": "42"}, "query": {"operator": "and", "expressions": [{"value": "n 42"}]}}}]}]})
def a_data_table_is_answered_by_the_conversation(bot):
    bot.dialog("task").ask("number")
    bot.node("service", "save", serviceNodeType="datatable",
             payload={"resource": "dataTable", "name": "orders", "method": "insert",
                      "data": {"number": "{{context.entities.number}}"},
                      "query": {"operator": "and", "expressions": [{"value": "n {{context.entities.number}}"}]}})
    bot.say("here", "Saved: {{context.save.response.body.total}}")


# ---- variables ----


@case({"env": {"SHOP": "Books"}, "content": {"bye": "See you"}, "turns": [{"user": "task", "bot": "Books, Hello, See you, Books"}]})
def texts_and_scripts_have_variables(bot):
    bot.content = [{"key": "hello", "localeData": {"en": {"value": "Hello"}}}, {"key": "bye", "value": "Bye"}]
    bot.dialog("task").run("set", "context.shop = '{{env.SHOP}}';")
    bot.show("here", "print(env.SHOP + ', ' + content.hello + ', ' + content.bye + ', ' + context.shop);")


@case({"turns": [{"user": "task", "bot": "default task"}]})
def the_last_message_is_in_the_session(bot):
    bot.dialog("task").show("here", "var last = context.session.BotUserSession.lastMessage;"
                            "print(last.channel + ' ' + last.messagePayload.message.body);")


@case({"session": {"own": "kept"}, "turns": [{"user": "task", "bot": "default u-simulated Bot 0 0 0 simulated-session kept"}]})
def what_is_known_of_the_channel_is_in_the_session(bot):
    bot.dialog("task").show("here", "var s = context.session.BotUserSession, c = s.channels[0], p = s.lastMessage.messagePayload;"
                            "print([c.type, c.handle.userId, p.botInfo.chatBot].concat([p.botInfo.customData, p.message.customData,"
                            " UserContext.get('customData')].map(function (data) { return Object.keys(data).length; }),"
                            " s.conversationSessionId, s.own).join(' '));")


@case({"turns": [{"user": "task", "bot": "task task Bot st-1 dg-task 0"}]})
def the_context_knows_the_bot_and_the_task(bot):
    bot.dialog("task").show("here", "print([context.userInputs.originalInput.sentence, context.intent, context.bot, context.botid,"
                            " context.taskid, context.traits.length + context.history.length + context.message_tone.length].join(' '));")


@case({"turns": [{"user": "task"}, {"user": "anything", "bot": "anything"}]})
def choices_that_are_not_there_are_free(bot):
    bot.dialog("task").ask("which", entityType="list_of_values",
                           localeData={"en": {"allowedValues": {"variable": "context.none", "titleKey": "t", "valueKey": "v"}}})
    bot.say("here", "{{context.entities.which}}")


@case({"turns": [{"user": "task"}, {"user": "anything", "bot": "Again, please."}, {"user": "b", "bot": "2"}]})
def choices_of_a_variable_are_those_that_it_has(bot):
    bot.dialog("task").run("set", "context.list = [{t: 'a', v: '1'}, {t: 'b', v: '2'}];")
    bot.ask("which", entityType="list_of_values",
            localeData={"en": {"allowedValues": {"variable": "context.list", "titleKey": "t", "valueKey": "v", "synonymsKey": ""}}})
    bot.say("here", "{{context.entities.which}}")


# ---- what scripts find ----


def script_case(name, script, *printed, **conversation):
    """A message whose script prints lines."""

    def make(bot):
        bot.dialog("task").show("here", script)

    make.__name__ = name
    case({"turns": [{"user": "task", "bot": "\n".join(printed), **conversation}]})(make)


script_case("moment_knows_time_zones",
            "print(koreUtil.moment('2014-06-01T12:00:00Z').tz('Asia/Tokyo').format('ha z'));"
            "print(koreUtil.moment.tz('2014-06-01T12:00:00Z', 'America/New_York').format('ha z'));"
            "print(koreUtil.momenttz(koreUtil.moment('2014-06-01T12:00:00Z'), 'Asia/Tokyo').format('ha z'));"
            "print(koreUtil.moment('2019-11-18T01:43:00Z').utc().locale('de').format('LLLL'));",
            "9pm JST", "8am EDT", "9pm JST", "Montag, 18. November 2019 01:43")
script_case("time_zones_come_first_as_well",
            "print(koreUtil.momenttz('2014-06-01T12:00:00Z').tz('Asia/Tokyo').format('ha z'));"
            "print(koreUtil.moment.tz.names().length > 400);", "9pm JST", "true")
script_case("lodash_and_numbers_of_languages_are_there",
            "print(koreUtil._.pluck(koreUtil._.filter([{u: 'b', a: 1}, {u: 'f', a: 2}], {a: 1}), 'u').join());"
            "print(koreUtil.intl.NumberFormat('en-GB').format(123456.789));"
            "print(koreUtil.hash('sha256').update('42').digest('hex').slice(0, 8));",
            "b", "123,456.789", "73475cb4")
script_case("xml_becomes_objects_and_back",
            "koreUtil.xml2js.parseString('<order id=\"7\"><item>Tea &amp; milk</item><item>Cups</item></order>', function (error, read) {"
            " print('read ' + JSON.stringify(read)); read.order.$.id = 8; print(new koreUtil.xml2js.Builder({headless: true, renderOpts: {pretty: false}}).buildObject(read)); });"
            "koreUtil.xml2js.parseString('<order>', function (error) { print(error.message.split('\\n')[0]); });",
            'read {"order":{"$":{"id":"7"},"item":["Tea & milk","Cups"]}}', '<order id="8"><item>Tea &amp; milk</item><item>Cups</item></order>',
            "Unclosed root tag")
script_case("the_session_objects_are_parts_of_the_context",
            "BotUserSession.put('a', {b: 1}, 20); UserSession.put('c', 2); BotContext.put('d', 3); EnterpriseContext.put('e', 4);"
            "print(context.session.BotUserSession.a.b + UserSession.get('c') + context.session.BotContext.d + EnterpriseContext.get('e'));"
            "BotUserSession.delete('a'); print(typeof context.session.BotUserSession.a);"
            "print(UserContext.get('firstName') + ' ' + context.session.UserContext.emailId);",
            "10", "undefined", "Ada ada@example.com")
script_case("what_concerns_others_does_nothing",
            "koreDebugger.log('x'); tags.addUserTag('a', 'b'); tags.addSessionTag('a', 'b'); tags.addMessageTag('a', 'b');"
            "agentUtils.setUserInfo({}); console.log('x'); koreUtil.ClearAllAuthProfiles();"
            "print([koreUtil.autoTranslate('hi'), koreUtil.getSessionId(), context.intentType].join());",
            "hi,simulated-session,dialog")


@case({"turns": [{"user": "task", "bot": "On.", "problems": [
    "the script of `a` fails in line 1: Error: koreUtil.rrule is not part of the simulator",
    "the script of `b` fails in line 2: Error: koreUtil.other is not part of the simulator"]}]})
def what_is_missing_says_its_name(bot):
    bot.dialog("task").run("a", "new koreUtil.rrule({freq: koreUtil.rrule.DAILY});").run("b", "\nkoreUtil.other();").say("here", "On.")


# ---- templates of messages ----

TEMPLATES = {
    "mini_table": ({"text": "Accounts", "elements": [{"primary": [["Current"], ["300", "right"]], "additional": [["CA1", "150"]]},
                                                     {"primary": [["Savings"], ["200"]], "additional": [["SA1", "75"]]}]},
                   {"text": "Accounts", "table": {"columns": ["Current", "300"], "rows": [["CA1", "150"], ["Savings", "200"], ["SA1", "75"]]}}),
    "dropdown_template": ({"heading": "Please select:", "elements": [{"title": "Dirham", "value": "AED"}, {"title": "USD", "value": "USD"}]},
                          {"text": "Please select:", "quickReplies": [{"title": "Dirham", "payload": "AED"}, {"title": "USD"}]}),
    "radioOptionTemplate": ({"heading": "Which?", "radioOptions": [{"title": "One", "value": "1"}]},
                            {"text": "Which?", "quickReplies": [{"title": "One", "payload": "1"}]}),
    "like_dislike": ({}, {"quickReplies": [{"title": "Like"}, {"title": "Dislike"}]}),
    "feedbackTemplate": ({"text": "Satisfied?", "view": "CSAT", "starArrays": [],
                          "smileyArrays": [{"smileyId": 1, "value": "1", "reviewText": "No"}, {"smileyId": 2, "value": "Yes"}]},
                         {"text": "Satisfied?", "quickReplies": [{"title": "No", "payload": "1"}, {"title": "Yes"}]}),
    "piechart": ({"text": "Costs", "elements": [{"title": "Hotels", "value": "568.10", "displayValue": "$ 568"}, {"title": "Food", "value": "3"}]},
                 {"text": "Costs", "list": [{"title": "Hotels", "subtitle": "$ 568"}, {"title": "Food", "subtitle": "3"}]}),
    "linechart": ({"text": "Report", "X_axis": ["Jan", "Feb"], "elements": [{"title": "Peter", "values": [10, 5], "displayValues": ["10ml", "5ml"]},
                                                                          {"title": "Sam", "values": [3, 4]}]},
                  {"text": "Report", "table": {"columns": ["", "Jan", "Feb"], "rows": [["Peter", "10ml", "5ml"], ["Sam", 3, 4]]}}),
    "list": ({"text": "Shirts", "elements": [{"title": "White", "subtitle": "Cotton"}], "buttons": [{"type": "postback", "title": "More", "payload": "m"}]},
             {"text": "Shirts", "list": [{"title": "White", "subtitle": "Cotton"}], "buttons": [{"title": "More", "payload": "m"}]}),
    "dateTemplate": ({"title": "Pick", "text_message": "When?"}, {"text": "When?"}),
    "ownTemplate": ({"text": "Mine", "x": 1}, {"text": "Mine", "payload": {"template_type": "ownTemplate", "text": "Mine", "x": 1}}),
}
OTHER_MESSAGES = {
    "text": ({"text": "Hi"}, "Hi"),
    "error": ({"type": "error", "payload": {"color": "#F35A00", "text": "Wrong."}}, "Wrong."),
    "image": ({"type": "image", "payload": {"url": "https://example.com/a.png"}},
              {"buttons": [{"title": "image", "url": "https://example.com/a.png"}]}),
    "video": ({"type": "message", "payload": {"text": "See", "videoUrl": "https://example.com/a.mp4"}},
              {"text": "See", "buttons": [{"title": "video", "url": "https://example.com/a.mp4"}]}),
    "attachment": ({"attachment": {"type": "template", "payload": {"template_type": "generic", "elements": [{"title": "A"}]}}},
                   {"carousel": [{"title": "A"}]}),
}


def message_case(name, message, shown):
    def make(bot):
        bot.dialog("task").show("here", f"print(JSON.stringify({json.dumps(message)}));")

    make.__name__ = name
    case({"turns": [{"user": "task", "bot": shown}]})(make)


for name, (payload, shown) in TEMPLATES.items():
    template = {"type": "template", "payload": {"template_type": name, **payload}}
    message_case(f"a_template_of_the_type_{name}", template, shown)
for name, (message, shown) in OTHER_MESSAGES.items():
    message_case(f"a_message_that_is_{name}", message, shown)


# ---- what the user wants next ----


@case({"turns": [{"user": "task", "bot": "What next?"}, {"user": "please other", "bot": ["In other.", "Back."]}]})
def an_open_intent_begins_the_dialog_that_the_user_wants(bot):
    bot.dialog("task").say("ask", "What next?").call(None, "userIntent").say("back", "Back.")
    bot.dialog("other").say("here", "In other.")


@case({"turns": [{"user": "task", "bot": []}], "asks": "userIntent"})
def an_open_intent_waits(bot):
    bot.dialog("task").call(None, "userIntent")


@case({"turns": [{"user": "task"}, {"user": "nothing of that", "bot": "Back."}]})
def an_open_intent_goes_on_when_nothing_is_trained_for_it(bot):
    bot.dialog("task").call(None, "userIntent").say("back", "Back.")


@case({"turns": [{"user": "task", "bot": "Back.", "problems": ["the dialog `gone` does not exist here and is skipped"]}]})
def a_dialog_that_is_not_there_is_named(bot):
    bot.dialog("task").call("nowhere", "gone").say("back", "Back.")


# ---- nodes of a model, and nodes that nobody knows ----


@case({"model": [{"node": "blurb", "answers": ["A fine book."]}],
       "turns": [{"user": "task", "bot": "title A fine book. done"}]})
def a_prompt_is_answered_for_scripts(bot):
    bot.dialog("task").node("generativeai", "blurb", generativeAI={
        "preProcessorScript": encode("context.a = 'title';"), "postProcessorScript": encode("context.z = 'done';")})
    bot.say("here", "{{context.a}} {{context.GenerativeAINode.blurb.text}} {{context.z}}")


@case({"model": [{"node": "agent", "answers": ["Where to?", {"text": "Booked.", "entities": {"city": "Rome"}}]}],
       "turns": [{"user": "task", "bot": "Where to?"}, {"user": "Rome", "bot": ["Booked.", "City: Rome"]}]})
def an_agent_talks_until_it_has_its_entities(bot):
    bot.dialog("task").node("aiassist", "agent")
    bot.say("here", "City: {{context.AI_Assisted_Dialogs.agent.entities[0].city}}")


@case({"model": [{"node": "agent", "answers": ["Where to?", "Bye."]}],
       "turns": [{"user": "task", "bot": "Where to?"}, {"user": "Rome", "bot": ["Bye.", "On."]}]})
def an_agent_is_done_with_its_last_answer(bot):
    bot.dialog("task").node("aiassist", "agent").say("here", "On.")


@case({"model": [{"node": "search", "answers": ["Ten days."]}], "turns": [{"user": "task", "bot": ["Ten days.", "(Ten days.)"]}]})
def a_search_says_its_answer(bot):
    bot.dialog("task").node("searchai", "search").say("here", "({{context.SearchAINode.search.response.answer}})")


@case({"model": [{"node": "next", "answers": ["other"]}], "turns": [{"user": "task", "bot": ["In other.", "Back."]}]})
def a_dynamic_intent_calls_a_dialog(bot):
    bot.dialog("task").node("dynamicIntent", "next").say("back", "Back.")
    bot.dialog("other").say("here", "In other.")


@case({"model": [{"node": "a", "answers": ["one"]}],
       "turns": [{"user": "task", "bot": "On.",
                  "problems": ["`b` (generativeai) asks a language model: the conversation has no answer for it under `model`"]}]})
def a_model_without_an_answer_is_named(bot):
    bot.dialog("task").node("generativeai", "a").node("generativeai", "b").say("here", "On.")


@case({"turns": [{"user": "task", "bot": "n?"},
                 {"user": "7", "answers": {"hook": {"body": {"context": {"found": {"city": "Rome"}, "entities": {"n": 8}}}}},
                  "requests": [{"service": "hook", "method": "POST", "host": "webhook", "path": "/hook", "status": 200}],
                  "bot": "Rome 8 kept"}]})
def a_webhook_gives_the_context_back(bot):
    bot.dialog("task").ask("n", entityType="number").run("set", "context.mine = 'kept';").node("webhook", "hook")
    bot.say("here", "{{context.found.city}} {{context.entities.n}} {{context.mine}}")


@case({"turns": [{"user": "task", "bot": "On.",
                  "problems": ["the request of `hook` to webhook/hook gets no response: nothing simulates it, and the service has no sample"]}]})
def a_webhook_without_an_answer_is_named(bot):
    bot.dialog("task").node("webhook", "hook").say("here", "On.")


@case({"turns": [{"user": "task", "bot": "On.",
                  "problems": ["the simulator cannot run `hook`, a node of the type `process`, and goes on behind it"]}]})
def a_node_of_an_unknown_type_is_named(bot):
    bot.dialog("task").node("process", "hook").say("here", "On.")


@case({"model": [{"node": "member", "answers": ["inside"]}],
       "turns": [{"user": "task", "bot": "inside",
                  "problems": ["the simulator cannot run `odd`, a node of the type `process`, and goes on behind it"]}]})
def a_bot_action_may_hold_them_as_well(bot):
    bot.dialog("task")
    members = []
    for name, type_ in (("member", "generativeai"), ("odd", "process")):
        own = bot.component(type_, name)
        members.append({"nodeId": name, "type": type_, "componentId": own["_id"], "transitions": [{"default": "odd"}]})
    members[1]["transitions"] = [{"default": ""}]
    bot.node("botAction", "action", nodes=members).say("here", "{{context.GenerativeAINode.member.text}}")


# ---- exploring ----


def explored(dialogc, folder, make):
    """What exploring the first dialog finds, as a person reads it; "" when there is nothing to say."""
    bot = Bot()
    make(bot)
    (folder / "bot.json").write_text(json.dumps(bot.export()))
    name = bot.dialogs[0]["localeData"]["en"]["name"]
    done = subprocess.run([dialogc, "test", "--explore", "--from", "bot.json", name],
                          cwd=folder, capture_output=True, text=True, check=False)
    return re.sub(r"in \d+ conversations", "in … conversations", done.stdout)


def made_up_responses(bot):
    """What the dialog reads from a service that nobody answers is there."""
    bot.dialog("task").service("find", host="")
    bot.run("read", "if (!context.find || context.find.response.statusCode !== 200) { return; }"
            "context.first = context.find.response.body.item.title.toUpperCase();"
            "context.find.response.body.lines.forEach(function (line) { context.line = line; });"
            "context.n = context.find.response.body['a b'].c.length + context.find.response.body.d.length;")
    bot.node("generativeai", "blurb").say("text", "{{context.GenerativeAINode.blurb.text}}")


def a_session_that_another_dialog_has_filled(bot):
    """Values of the session that conditions ask for, of the dialog and of those that it calls."""
    signed_in = {"context": "session.BotUserSession.signedIn", "op": "eq", "value": "true"}
    bot.dialog("task").call("login", then=go(
        (signed_in | {"context": "context.session.BotUserSession.visits", "op": "gt", "value": "2"}, "often"), "seldom"))
    bot.run("often", "missing.at.all;", go("end")).say("seldom", "Hello.")
    bot.dialog("login").ask("pin", then=go((signed_in, "end"), "pin again")).call("login", "pin again")


def questions_of_a_called_dialog(bot):
    """They are all answered, also where the dialog itself has none, and no condition."""
    bot.dialog("task").call("form").say("done", "Done.")
    bot.dialog("form").ask("a").ask("b", then=go(({"field": "b", "op": "eq", "value": "blue"}, "c"), "b again"))
    bot.call("form", "b again").ask("c", entityType="number", then=go(({"field": "c", "op": "gt", "value": "41"}, "end"), "c again"))
    bot.call("form", "c again")


def values_that_scripts_pass_on(bot):
    """A condition on what a script makes of an answer or response asks for the answer or response."""
    bot.dialog("task").ask("age", entityType="number").run("keep", "context.years = Number(context.entities.age);")
    bot.service("find").run("read", "context.state = context.find && context.find.response ? context.find.response.body.state : '';")
    both = {"conjoin": "and", "tests": [{"context": "context.years", "op": "gte", "value": "67"},
                                        {"context": "state", "op": "eq", "value": "retired"}]}
    bot.node("logic", "which", go((both, "old"), "other")).say("old", "Enjoy!").say("other", "Work!")


def a_condition_that_no_choice_makes_true(bot):
    """It is never true, whatever else is tried."""
    bot.dialog("task").ask("colour", entityType="list_of_values", then=go(({"field": "colour", "op": "eq", "value": "rde"}, "red"), "other"))
    bot.components[-1]["localeData"]["en"]["allowedValues"] = {"values": [
        {"title": "Red.", "value": "red", "synonyms": []}, {"title": "Blue?", "value": "blue", "synonyms": []}]}
    bot.say("red", "Red it is.").say("other", "Another one.")


def a_webhook_is_answered(bot):
    """It changes nothing, and what nobody has written of its request is not looked at."""
    bot.dialog("task").ask("word").node("webhook", "hook").say("done", "Done.")


EXPLORED = [
    (a_webhook_is_answered, "task: 0 findings in … conversations; 8 of 8 nodes and transitions\n"),
    (made_up_responses, "task: 0 findings in … conversations; 10 of 10 nodes and transitions\n"),
    (a_session_that_another_dialog_has_filled,
     "task: 1 finding in … conversations; 9 of 9 nodes and transitions\n"
     "  the script of `often` fails in line 1: ReferenceError: Can't find variable: missing\n"
     '    after "please task", "Example", where the session holds {"visits":3,"signedIn":true}\n'),
    (questions_of_a_called_dialog, "task: 0 findings in … conversations; 6 of 6 nodes and transitions\n"),
    (values_that_scripts_pass_on, "task: 0 findings in … conversations; 17 of 17 nodes and transitions\n"),
    (a_condition_that_no_choice_makes_true,
     "task: 0 findings in … conversations; 6 of 9 nodes and transitions\n"
     "  never taken: from ask colour to red, if `colour` is rde\n"
     "    no answer to `colour` that was tried makes this true\n"
     "  never entered: say red\n"
     "    no transition that was taken leads to it\n"),
]


# ---- running ----


def check(dialogc, make, conversation, folder):
    bot = Bot()
    make(bot)
    (folder / "bot.json").write_text(json.dumps(bot.export()))
    settings = {"dialogc": 1, "conversation": bot.dialogs[0]["localeData"]["en"]["name"]}
    (folder / "a.test.yaml").write_text(json.dumps({**settings, "cases": [{"name": "one", **conversation}]}))
    command = [dialogc, "test", "--from", "bot.json", "a.test.yaml"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def main():
    dialogc, *names = sys.argv[1:]
    chosen = [c for c in CASES if not names or c[0] in names]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for name, make, conversation in chosen:
            wrong = check(dialogc, make, conversation, pathlib.Path(folder))
            if wrong:
                failed += 1
                print(f"FAILED {name}\n{wrong}")
        for make, expected in [] if names else EXPLORED:
            found = explored(dialogc, pathlib.Path(folder), make)
            failed += found != expected
            print(f"FAILED {make.__name__}:\n{found}" if found != expected else "", end="")
    print(f"{len(chosen) - failed} passed, {failed} failed")
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())
