#!/usr/bin/env python3
"""Asks the simulated organisation generated queries, and answers each itself: `evaluate.py DIALOGC [SEED [COUNT]]`.

Both must give the same records. What is here shares nothing with dialogc but the text of the queries: a query is
made as two things at once, its text and a function of Python that tells which records it selects. Ranges of dates,
null and text follow the SOQL reference: "Date Formats and Date Literals in WHERE", "Comparison Operators",
"GROUP BY ROLLUP", "TYPEOF", "Relationship Queries", "Location-Based SOQL Queries".
"""
import calendar
import datetime
import functools
import itertools
import json
import math
import pathlib
import random
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request

UTC = datetime.timezone.utc
NOW = datetime.datetime(2026, 2, 18, 9, 30, tzinfo=UTC)  # a Wednesday
TODAY = NOW.date()

OBJECT = {
    "dialogc": 1, "sobject": "Opportunity", "extends": True,
    "fields": {
        "Colours__c": {"type": "multipicklist", "createable": True, "values": ["Red", "Green", "Blue"]},
        "Signed__c": {"type": "datetime", "createable": True},
    },
}
NAMES = ["a", "B", "b", "ab", "Ab", "a%", "a_b", "a'b", "a\\", "é", "É", "z", "ß", "Ünal"]
STAGES = ["Prospecting", "Closed Won", "Qualification"]
INDUSTRIES = ["Banking", "Energy", "Media"]
COLOURS = ["Red", "Green", "Blue"]


def some(values, chance=0.8):
    return random.choice(values) if random.random() < chance else None


# ---- records ----

def record_id(short):
    """An id of 18 characters: three more say which of the 15 are capital letters."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
    parts = (short[i:i + 5] for i in (0, 5, 10))
    return short + "".join(letters[sum(c.isupper() << i for i, c in enumerate(part))] for part in parts)


def make_world():
    world = {"Account": [], "Contact": [], "Opportunity": [], "Task": []}
    for i in range(5):
        place = random.random() < 0.8
        world["Account"].append({
            "Id": record_id(f"00100000000000{i}"), "Name": random.choice(NAMES), "Industry": some(INDUSTRIES),
            "NumberOfEmployees": some([0, 5, 12, 100]),
            "BillingLatitude": random.uniform(-80, 80) if place else None,
            "BillingLongitude": random.uniform(-170, 170) if place else None})
    accounts = [account["Id"] for account in world["Account"]]
    for i in range(8):
        world["Contact"].append({
            "Id": record_id(f"00300000000000{i}"), "LastName": random.choice(NAMES), "Department": some(["Sales", "Board"]),
            "AccountId": some(accounts), "Birthdate": some([make_day().isoformat() for _ in range(3)])})
    for i in range(14):
        chosen = [colour for colour in COLOURS if random.random() < 0.5]
        moment = datetime.datetime.combine(make_day(), datetime.time(random.randrange(24), random.randrange(60)))
        world["Opportunity"].append({
            "Id": record_id(f"0060000000000{i:02}"), "Name": random.choice(NAMES), "StageName": random.choice(STAGES),
            "Amount": some([-3, 0, 1, 2.5, 1000, 1000000]), "CloseDate": make_day().isoformat(),
            "IsPrivate": random.random() < 0.5, "AccountId": some(accounts),
            "Colours__c": ";".join(chosen) or None,
            "Signed__c": some([moment.strftime("%Y-%m-%dT%H:%M:%S.000+0000")])})
    contacts = [contact["Id"] for contact in world["Contact"]]
    deals = [deal["Id"] for deal in world["Opportunity"]]
    for i in range(8):
        world["Task"].append({
            "Id": record_id(f"00T00000000000{i}"), "Subject": random.choice(NAMES), "WhoId": some(contacts),
            "WhatId": some(accounts[:2] + deals[:2]), "ActivityDate": some([make_day().isoformat()])})
    return world


def make_day():
    reach = random.choice([3, 40, 400, 1200])
    return TODAY + datetime.timedelta(days=random.randint(-reach, reach))


# ---- fields: what each object can be asked for ----

KINDS = {
    "Account": {"Name": "text", "Industry": "picklist", "NumberOfEmployees": "number"},
    "Contact": {"LastName": "text", "Department": "text", "Birthdate": "date", "Account.Name": "text",
                "Account.Industry": "picklist"},
    "Opportunity": {"Name": "text", "StageName": "picklist", "Amount": "number", "CloseDate": "date",
                    "IsPrivate": "boolean", "Colours__c": "several", "Signed__c": "datetime", "Account.Name": "text",
                    "Account.Industry": "picklist", "Account.NumberOfEmployees": "number"},
    "Task": {"Subject": "text", "ActivityDate": "date"},
}
PREFIXES = {"001": "Account", "003": "Contact", "006": "Opportunity"}


class World:
    def __init__(self, records):
        self.records = records
        self.by_id = {record["Id"]: record for rows in records.values() for record in rows}

    def value(self, record, path):
        for step in path.split(".")[:-1]:
            record = self.by_id.get(record[step + "Id"])
            if record is None:
                return None
        return record[path.split(".")[-1]]


def moment_of(value):
    """A date or a date with a time, as a moment."""
    if "T" in value:
        return datetime.datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%f%z")
    return datetime.datetime.combine(datetime.date.fromisoformat(value), datetime.time(), UTC)


# ---- dates ----

def add_months(day, count):
    month = day.year * 12 + day.month - 1 + count
    return datetime.date(month // 12, month % 12 + 1, 1)


def start_of(unit, day, offset):
    if unit == "DAY":
        return day + datetime.timedelta(days=offset)
    if unit == "WEEK":
        sunday = day - datetime.timedelta(days=(day.weekday() + 1) % 7)
        return sunday + datetime.timedelta(weeks=offset)
    if unit == "MONTH":
        return add_months(day, offset)
    if unit.endswith("QUARTER"):
        return add_months(datetime.date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3 * offset)
    return datetime.date(day.year + offset, 1, 1)


def date_literal():
    """A date literal, its first day and the day behind its last."""
    unit = random.choice(["DAY", "WEEK", "MONTH", "QUARTER", "YEAR", "FISCAL_QUARTER", "FISCAL_YEAR"])
    n = random.randint(1, 5)
    form = random.choice(["LAST", "THIS", "NEXT", "LAST_N", "NEXT_N", "AGO", "90"])
    if form == "90":
        before = random.random() < 0.5
        days = datetime.timedelta(days=90)
        one = datetime.timedelta(days=1)
        return ("LAST_90_DAYS", TODAY - days, TODAY + one) if before else \
               ("NEXT_90_DAYS", TODAY + one, TODAY + one + days)
    if form == "AGO":
        return f"N_{unit}S_AGO:{n}", start_of(unit, TODAY, -n), start_of(unit, TODAY, 1 - n)
    if form == "LAST_N":
        end = start_of(unit, TODAY, 1 if unit == "DAY" else 0)  # days alone count today, too
        return f"LAST_N_{unit}S:{n}", start_of(unit, TODAY, -n), end
    if form == "NEXT_N":
        return f"NEXT_N_{unit}S:{n}", start_of(unit, TODAY, 1), start_of(unit, TODAY, n + 1)
    offset = {"LAST": -1, "THIS": 0, "NEXT": 1}[form]
    name = {-1: "YESTERDAY", 0: "TODAY", 1: "TOMORROW"}[offset] if unit == "DAY" else f"{form}_{unit}"
    return name, start_of(unit, TODAY, offset), start_of(unit, TODAY, offset + 1)


DATE_PARTS = {
    "CALENDAR_YEAR": lambda t: t.year, "CALENDAR_QUARTER": lambda t: (t.month + 2) // 3,
    "CALENDAR_MONTH": lambda t: t.month, "FISCAL_YEAR": lambda t: t.year,
    "FISCAL_QUARTER": lambda t: (t.month + 2) // 3, "FISCAL_MONTH": lambda t: t.month,
    "DAY_IN_MONTH": lambda t: t.day, "DAY_IN_YEAR": lambda t: t.timetuple().tm_yday,
    "DAY_IN_WEEK": lambda t: t.isoweekday() % 7 + 1, "WEEK_IN_MONTH": lambda t: (t.day - 1) // 7 + 1,
    "WEEK_IN_YEAR": lambda t: (t.timetuple().tm_yday - 1) // 7 + 1, "HOUR_IN_DAY": lambda t: t.hour,
    "DAY_ONLY": lambda t: t.date().isoformat(),
}


def date_part(object_name):
    """The text of a function of a date, and the function."""
    fields = {f: kind for f, kind in KINDS[object_name].items() if kind in ("date", "datetime")}
    field = random.choice(list(fields))
    names = [n for n in DATE_PARTS if fields[field] == "datetime" or n not in ("HOUR_IN_DAY", "DAY_ONLY")]
    name = random.choice(names)
    zone = fields[field] == "datetime" and random.random() < 0.3
    text = f"{name}(convertTimezone({field}))" if zone else f"{name}({field})"

    def evaluate(world, record):
        value = world.value(record, field)
        return None if value is None else DATE_PARTS[name](moment_of(value))
    return name, text, evaluate


# ---- conditions: (text, function of a world and a record) ----

COMPARISONS = {"=": lambda o: o == 0, "!=": lambda o: o != 0, "<": lambda o: o < 0, "<=": lambda o: o <= 0,
               ">": lambda o: o > 0, ">=": lambda o: o >= 0}


def quoted(text, pattern=False):
    text = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{text}'" if not pattern else text


def folded(text):
    """Text without letter case, character by character: `ß` stays one."""
    return "".join(c.lower() for c in text)


def sign(a, b):
    return (a > b) - (a < b)


def is_like(text, pattern):
    """A pattern is a list of characters, ANY and ONE."""
    if not pattern:
        return not text
    if pattern[0] == "ANY":
        return any(is_like(text[i:], pattern[1:]) for i in range(len(text) + 1))
    return bool(text) and (pattern[0] == "ONE" or pattern[0] == text[0]) and is_like(text[1:], pattern[1:])


def like_test(field):
    pattern, text = [], ""
    for _ in range(random.randint(1, 4)):
        part = random.choice(["%", "_", "a", "b", "é", "\\%", "\\_", "'"])
        text += "\\'" if part == "'" else part
        pattern.append({"%": "ANY", "_": "ONE"}.get(part, part[-1]))

    def evaluate(world, record):
        value = world.value(record, field)
        return value is not None and is_like(list(folded(value)), pattern)
    return f"{field} LIKE '{text}'", evaluate


def list_of(make, of_records):
    values = [make() for _ in range(random.randint(1, 3))]
    negated = random.random() < 0.4
    words = ", ".join(text for text, _ in values)

    def evaluate(world, record):
        value = of_records(world, record)
        return (value is not None and any(order(value) == 0 for _, order in values)) != negated
    return ("NOT IN" if negated else "IN") + f" ({words})", evaluate


def value_maker(kind, name):
    """A function that makes a value: its text, and a function that orders another one to it."""
    if kind == "number":
        def make():
            number = random.choice([-3, 0, 1, 2.5, 5, 12, 1000])
            return str(number), lambda value: sign(value, number)
    elif kind in ("text", "picklist"):
        pool = {"StageName": STAGES, "Department": ["Sales", "Board"]}.get(
            name, INDUSTRIES if kind == "picklist" else NAMES)

        def make():
            text = random.choice(pool)
            shown = text.swapcase() if random.random() < 0.2 and "ß" not in text else text
            return quoted(shown), lambda value: sign(folded(value), folded(text))
    else:
        def make():
            choice = random.random()
            if choice < 0.6:
                text, first, end = date_literal()
            elif kind == "date":
                first = make_day()
                text, end = first.isoformat(), first + datetime.timedelta(days=1)
            else:
                hours = random.choice([0, 2, -5])
                moment = datetime.datetime.combine(make_day(), datetime.time(random.randrange(24)),
                                                   datetime.timezone(datetime.timedelta(hours=hours)))
                text = moment.isoformat() if hours else moment.strftime("%Y-%m-%dT%H:%M:%SZ")
                return text, lambda value: sign(moment_of(value), moment)
            low, high = (datetime.datetime.combine(day, datetime.time(), UTC) for day in (first, end))
            return text, lambda value: -1 if moment_of(value) < low else int(moment_of(value) >= high)
    return make


def several_test(field):
    """INCLUDES and EXCLUDES: `a;b` is both of them, a comma is either."""
    sets = [random.sample(COLOURS, random.randint(1, 2)) for _ in range(random.randint(1, 2))]
    negated = random.random() < 0.5
    words = ", ".join(quoted(";".join(chosen)) for chosen in sets)

    def evaluate(world, record):
        value = world.value(record, field)
        has = set((value or "").split(";"))
        return any(set(chosen) <= has for chosen in sets) != negated
    return f"{field} {'EXCLUDES' if negated else 'INCLUDES'} ({words})", evaluate


def distance(prefix=""):
    latitude, longitude = round(random.uniform(-80, 80), 3), round(random.uniform(-170, 170), 3)
    unit, radius = random.choice([("mi", 3958.7613), ("km", 6371.0088)])

    def evaluate(world, record):
        north, east = (world.value(record, prefix + part) for part in ("BillingLatitude", "BillingLongitude"))
        if north is None:
            return None
        a, b, c, d = (math.radians(x) for x in (north, east, latitude, longitude))
        cosine = math.sin(a) * math.sin(c) + math.cos(a) * math.cos(c) * math.cos(b - d)
        return radius * math.acos(max(-1, min(1, cosine)))
    return f"DISTANCE({prefix}BillingAddress, GEOLOCATION({latitude}, {longitude}), '{unit}')", evaluate


def compared(text, of_records, make, operators):
    operator = random.choice(operators)
    value, order = make()

    def evaluate(world, record):
        found = of_records(world, record)
        if found is None:
            return operator == "!="
        return COMPARISONS[operator](order(found))
    return f"{text} {operator} {value}", evaluate


def test_of(object_name):
    choice = random.random()
    if choice < 0.15 and object_name != "Account":
        name, text, evaluate = date_part(object_name)
        kind = "date" if name == "DAY_ONLY" else "number"
        if kind == "date":
            return compared(text, evaluate, value_maker("date", ""), list(COMPARISONS))
        numbers = [1, 2, 3, 6, 7, 12, 2025, 2026]
        return compared(text, evaluate, lambda: (lambda n: (str(n), lambda v: sign(v, n)))(random.choice(numbers)),
                        list(COMPARISONS))
    if choice < 0.25 and object_name in ("Account", "Opportunity"):
        text, evaluate = distance("" if object_name == "Account" else "Account.")
        return compared(text, evaluate,
                        lambda: (lambda n: (str(n), lambda v: sign(v, n)))(random.choice([500, 4000, 9000])), ["<", ">"])
    field = random.choice(list(KINDS[object_name]))
    kind = KINDS[object_name][field]

    def of_records(world, record):
        return world.value(record, field)
    if kind == "boolean":
        wanted = random.random() < 0.5
        negated = random.random() < 0.5
        return (f"{field} {'!=' if negated else '='} {str(wanted).lower()}",
                lambda world, record: (world.value(record, field) == wanted) != negated)
    if kind == "several" and random.random() < 0.8:
        return several_test(field)
    if random.random() < 0.15:
        negated = random.random() < 0.5
        return (f"{field} {'!=' if negated else '='} null",
                lambda world, record: (world.value(record, field) is None) != negated)
    if kind == "several":
        chosen = ";".join(c for c in COLOURS if random.random() < 0.6) or "Red"
        return compared(field, of_records, lambda: (quoted(chosen), lambda v: sign(v, chosen)), ["=", "!="])
    if kind == "text" and random.random() < 0.3:
        return like_test(field)
    make = value_maker(kind, field)
    if random.random() < 0.25 and kind not in ("date", "datetime"):
        words, evaluate = list_of(make, of_records)
        return f"{field} {words}", evaluate
    return compared(field, of_records, make, ["=", "!="] if kind == "picklist" else list(COMPARISONS))


def condition_of(object_name, depth=0):
    choice = random.random()
    if depth > 3 or choice < 0.45:
        return test_of(object_name)
    if choice < 0.6:
        text, evaluate = condition_of(object_name, depth + 1)
        return f"(NOT ({text}))", lambda world, record: not evaluate(world, record)
    word, join = random.choice([("AND", all), ("OR", any)])
    parts = [condition_of(object_name, depth + 1) for _ in range(random.randint(2, 3))]
    text = f" {word} ".join(f"({part})" for part, _ in parts)
    return f"({text})" if depth else text, lambda world, record: join(e(world, record) for _, e in parts)


def join_of(object_name):
    """A semi-join or an anti-join."""
    negated = random.random() < 0.5
    field, inner_object, inner_field = random.choice({
        "Opportunity": [("AccountId", "Contact", "AccountId"), ("AccountId", "Account", "Id")],
        "Account": [("Id", "Contact", "AccountId"), ("Id", "Opportunity", "AccountId")],
        "Contact": [("AccountId", "Opportunity", "AccountId"), ("AccountId", "Account", "Id")],
        "Task": [("WhoId", "Contact", "Id"), ("WhatId", "Account", "Id")]}[object_name])
    text, evaluate = condition_of(inner_object, 2)

    def joined(world, record):
        found = {inner[inner_field] for inner in world.records[inner_object] if evaluate(world, inner)}
        return (record[field] is not None and record[field] in found) != negated
    return (f"{field} {'NOT IN' if negated else 'IN'} (SELECT {inner_field} FROM {inner_object} WHERE {text})", joined)


def where_of(object_name):
    choice = random.random()
    if choice < 0.2:
        return "", lambda world, record: True
    text, evaluate = condition_of(object_name)
    if choice < 0.4:
        join, joined = join_of(object_name)
        return f" WHERE {join} AND ({text})", lambda world, record: joined(world, record) and evaluate(world, record)
    return f" WHERE {text}", evaluate


# ---- the order and the part that is wanted ----

def sort_key(value):
    return folded(value) if isinstance(value, str) else value


def ordered(rows, orders):
    """`orders`: (function of a row, descending, nulls last). What is equal keeps its order."""
    def compare(a, b):
        for of_row, descending, nulls_last in orders:
            x, y = of_row(a), of_row(b)
            if x is None or y is None:
                found = (x is not None) - (y is not None)
                found = -found if nulls_last else found
            else:
                found = sign(sort_key(x), sort_key(y))
                found = -found if descending else found
            if found:
                return found
        return 0
    return sorted(rows, key=functools.cmp_to_key(compare))


def order_by(choices):
    """`choices`: texts with their functions of a row."""
    if not choices or random.random() < 0.3:
        return "", []
    texts, orders = [], []
    for text, of_row in random.sample(choices, min(len(choices), random.randint(1, 2))):
        descending, nulls = random.random() < 0.5, random.choice(["", " NULLS FIRST", " NULLS LAST"])
        texts.append(text + (" DESC" if descending else random.choice(["", " ASC"])) + nulls)
        orders.append((of_row, descending, nulls == " NULLS LAST"))
    return " ORDER BY " + ", ".join(texts), orders


def part_of(rows, with_offset):
    limit = random.randint(0, 16) if random.random() < 0.5 else None
    offset = random.randint(1, 4) if with_offset and random.random() < 0.3 else 0
    text = (f" LIMIT {limit}" if limit is not None else "") + (f" OFFSET {offset}" if offset else "")
    return text, rows[offset:][:limit]


# ---- queries: (text, what the answer must be) ----

def nest(shown, world, record, field):
    """The value of a field where the answer has it: Account.Name in an object Account, null without an account."""
    step, _, rest = field.partition(".")
    if not rest:
        shown[step] = record[step]
    elif record[step + "Id"] is None:
        shown[step] = None
    else:
        nest(shown.setdefault(step, {}), world, world.by_id[record[step + "Id"]], rest)


def shown_as(world, record, fields):
    shown = {}
    for field in fields:
        nest(shown, world, record, field)
    return shown


def order_choices(world, object_name):
    choices = [(f, functools.partial(lambda f, r: world.value(r, f), f)) for f, kind in KINDS[object_name].items()
               if kind not in ("several", "picklist")]
    if object_name == "Account":
        text, evaluate = distance()
        choices.append((text, lambda record: evaluate(world, record)))
    return choices


def select(world, object_name, rows, with_offset, prefix=""):
    """The clauses behind SELECT's items, for these records, and those that are left."""
    where, evaluate = where_of(object_name) if not prefix else where_of_children(object_name)
    kept = [record for record in rows if evaluate(world, record)]
    order, orders = order_by(order_choices(world, object_name))
    part, left = part_of(ordered(kept, orders), with_offset)
    return where + order + part, left


def where_of_children(object_name):
    if random.random() < 0.4:
        return "", lambda world, record: True
    text, evaluate = condition_of(object_name, 2)
    return f" WHERE {text}", evaluate


def records_query(world):
    object_name = random.choice(list(KINDS))
    fields = ["Id"] + random.sample(list(KINDS[object_name]), random.randint(1, len(KINDS[object_name])))
    clauses, rows = select(world, object_name, world.records[object_name], True)
    return f"SELECT {', '.join(fields)} FROM {object_name}{clauses}", [shown_as(world, r, fields) for r in rows]


def count_query(world):
    object_name = random.choice(list(KINDS))
    where, evaluate = where_of(object_name)
    return (f"SELECT COUNT() FROM {object_name}{where}",
            sum(evaluate(world, record) for record in world.records[object_name]))


def children_query(world):
    """Accounts with their contacts, deals or both."""
    clauses, accounts = select(world, "Account", world.records["Account"], False)
    shown = [{"Id": account["Id"], "Name": account["Name"]} for account in accounts]
    items = ["Id", "Name"]
    for object_name, relationship in random.sample([("Contact", "Contacts"), ("Opportunity", "Opportunities")],
                                                   random.randint(1, 2)):
        fields = random.sample(list(KINDS[object_name]), 2)
        state = random.getstate()
        for row in shown:
            random.setstate(state)  # the same clauses for each account
            children = [r for r in world.records[object_name] if r["AccountId"] == row["Id"]]
            text, left = select(world, object_name, children, False, "child")
            row[relationship] = [shown_as(world, record, fields) for record in left] or None
        random.setstate(state)
        text, _ = select(world, object_name, [], False, "child")
        items.append(f"(SELECT {', '.join(fields)} FROM {relationship}{text})")
    return f"SELECT {', '.join(items)} FROM Account{clauses}", shown


def typeof_query(world):
    clauses, tasks = select(world, "Task", world.records["Task"], True)
    relationship = random.choice(["Who", "What"])
    whens = {"Who": [("Contact", ["LastName", "Department"])],
             "What": [("Account", ["Name", "Industry"]), ("Opportunity", ["StageName", "Amount"])]}[relationship]
    whens = random.sample(whens, random.randint(1, len(whens)))
    other = random.choice([None, ["Id", "Name"]])
    if relationship == "Who":
        other = None  # a contact's Name is made of others
    text = f"TYPEOF {relationship}" + "".join(f" WHEN {o} THEN {', '.join(fields)}" for o, fields in whens)
    text += (f" ELSE {', '.join(other)}" if other else "") + " END"
    shown = []
    for task in tasks:
        target = world.by_id.get(task[relationship + "Id"])
        kind = target and PREFIXES[target["Id"][:3]]
        fields = dict(whens).get(kind, other) if target else None
        shown.append({"Subject": task["Subject"],
                      relationship: {f: target[f] for f in fields} if fields else {} if target else None})
    return f"SELECT Subject, {text} FROM Task{clauses}", shown


AGGREGATES = {
    "COUNT": len, "COUNT_DISTINCT": lambda values: len({sort_key(value) for value in values}),
    "SUM": lambda values: sum(values) if values else None,
    "AVG": lambda values: sum(values) / len(values) if values else None,
    "MIN": lambda values: min(values, key=sort_key) if values else None,
    "MAX": lambda values: max(values, key=sort_key) if values else None,
}


def aggregate_of(world):
    name = random.choice(list(AGGREGATES))
    field = random.choice(["Amount", "Account.NumberOfEmployees"] if name in ("SUM", "AVG") else
                          ["Amount", "CloseDate", "Id"] if name in ("MIN", "MAX") else
                          ["Amount", "Id", "AccountId", "Account.Industry"])
    if field == "Id" and name in ("MIN", "MAX"):
        field = "Amount"

    def evaluate(records):
        values = [world.value(record, field) for record in records]
        return AGGREGATES[name]([value for value in values if value is not None])
    return f"{name}({field})", evaluate


def group_fields():
    plain = ["StageName", "Account.Industry", "IsPrivate", "CloseDate", "AccountId", "Account.Name"]
    chosen = [(f, f, lambda world, record, f=f: world.value(record, f))
              for f in random.sample(plain, random.randint(1, 2))]
    if random.random() < 0.3:
        _, text, evaluate = date_part("Opportunity")
        chosen.append((None, text, evaluate))
    return chosen


def hidden_sets(kind, count):
    if kind == "ROLLUP":
        return [set(range(count - i, count)) for i in range(count + 1)]
    if kind == "CUBE":
        return [set(s) for n in range(count + 1) for s in itertools.combinations(range(count), n)]
    return [set()]


def groups_query(world):
    fields = group_fields()
    kind = random.choice(["", "", "ROLLUP", "CUBE"])
    where, evaluate = where_of("Opportunity")
    records = [record for record in world.records["Opportunity"] if evaluate(world, record)]
    groups = {}
    for hidden in hidden_sets(kind, len(fields)):
        for record in records:
            values = [None if i in hidden else of(world, record) for i, (_, _, of) in enumerate(fields)]
            key = (tuple(sorted(hidden)), tuple(sort_key(value) for value in values))
            groups.setdefault(key, (hidden, values, []))[2].append(record)
    aggregates = [aggregate_of(world) for _ in range(random.randint(1, 3))]
    items = [(text + (f" g{i}" if alias is None or "." in text else ""), f"g{i}" if alias is None or "." in text else text,
              lambda group, i=i: group[1][i]) for i, (alias, text, _) in enumerate(fields)]
    made = 0
    for i, (text, of) in enumerate(aggregates):
        named = random.random() < 0.6
        items.append((f"{text} a{i}" if named else text, f"a{i}" if named else f"expr{made}",
                      lambda group, of=of: of(group[2])))
        made += not named
    if kind:
        items += [(f"GROUPING({text}) h{i}", f"h{i}", lambda group, i=i: int(i in group[0]))
                  for i, (_, text, _) in enumerate(fields) if "(" not in text]
    having, least = "", 0
    if random.random() < 0.4:
        least = random.randint(1, 3)
        having = f" HAVING COUNT(Id) > {least}"
    rows = [group for group in groups.values() if len(group[2]) > least]
    shown = [{name: of(group) for _, name, of in items} for group in rows]
    grouping = ", ".join(text for _, text, _ in fields)
    grouping = f"{kind}({grouping})" if kind else grouping
    query = f"SELECT {', '.join(text for text, _, _ in items)} FROM Opportunity{where} GROUP BY {grouping}{having}"
    return query, shown


QUERIES = [records_query, records_query, count_query, children_query, typeof_query, groups_query, groups_query]


# ---- asking, and comparing ----

class Server:
    def __init__(self, dialogc, records):
        self.folder = tempfile.TemporaryDirectory()
        folder = pathlib.Path(self.folder.name)
        (folder / "sobjects").mkdir()
        (folder / "dialogc.yaml").write_text("dialogc: 1\n")
        (folder / "sobjects" / "Opportunity.json").write_text(json.dumps(OBJECT))
        given = {name: [{k: v for k, v in record.items() if v is not None} for record in rows]
                 for name, rows in records.items()}
        (folder / "org.yaml").write_text(json.dumps(given))
        self.process = subprocess.Popen(
            [dialogc, "mock-salesforce", "-C", str(folder), "--port", "0", "--token", "t", "--quiet", "--org",
             str(folder / "org.yaml"), "--now", NOW.strftime("%Y-%m-%dT%H:%M:%SZ")], stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().split()[-1]

    def ask(self, query):
        request = urllib.request.Request(
            f"{self.url}/services/data/v62.0/query?q={urllib.parse.quote(query)}", headers={"Authorization": "Bearer t"})
        try:
            with urllib.request.urlopen(request) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            return {"refused": error.read().decode()}

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.folder.cleanup()


def plain(value):
    """An answer without what is not of the records themselves."""
    if isinstance(value, dict):
        if "records" in value:
            return [plain(record) for record in value["records"]]
        return {k: plain(v) for k, v in value.items() if k != "attributes"}
    return round(value, 6) if isinstance(value, float) else value


def same(answer, expected, is_set):
    if isinstance(expected, int):
        return answer.get("totalSize") == expected and answer.get("records") == []
    if "records" not in answer or answer["totalSize"] != len(expected):
        return False
    rows = [json.dumps(plain(row), sort_keys=True) for row in answer["records"]]
    wanted = [json.dumps(numbers(row), sort_keys=True) for row in expected]
    rows = [json.dumps(numbers(json.loads(row)), sort_keys=True) for row in rows]
    return sorted(rows) == sorted(wanted) if is_set else rows == wanted


def numbers(value):
    """1 and 1.0 are one number."""
    if isinstance(value, dict):
        return {k: numbers(v) for k, v in value.items()}
    if isinstance(value, list):
        return [numbers(v) for v in value]
    return float(round(value, 6)) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


def main():
    dialogc = sys.argv[1]
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 2000
    random.seed(seed)
    failures = 0
    for _ in range(max(1, count // 200)):
        world = World(make_world())
        server = Server(dialogc, world.records)
        for _ in range(min(count, 200)):
            make = random.choice(QUERIES)
            query, expected = make(world)
            answer = server.ask(query)
            if not same(answer, expected, make is groups_query):
                failures += 1
                print(f"{query}\n  is    {json.dumps(plain(answer))}\n  wants {json.dumps(expected)}\n")
        server.stop()
    print(f"{count} queries, {failures} with another answer")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
