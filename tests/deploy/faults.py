#!/usr/bin/env python3
"""Deploys while all kinds of things go wrong: `faults.py DIALOGC BOT FIRST-SEED COUNT`.

Each run breaks connections at random bytes of random requests, answers with errors, lets tasks fail, interrupts dialogc or
kills it. Then what dialogc says must be true, nothing that was in the bot before may be lost, and the next deploy, or a
rollback, must bring about what is wanted.
"""
import copy, json, os, random, re, signal, subprocess, sys, tempfile, zipfile

sys.dont_write_bytecode = True
from support import BOT, World
import stand_in

KINDS = ["export", "export-state", "download", "upload", "import", "import-state", "any"]
DEPLOY = ("deploy", "-C", "p", "--bot", BOT, "--yes")
dialogc, bot = sys.argv[1:3]
first, count = map(int, sys.argv[3:5])


class Wrong(Exception):
    pass


def demand(condition, what):
    if not condition:
        raise Wrong(what)


def random_faults(chance):
    faults = []
    for _ in range(chance.choice([0, 1, 1, 2, 3, 8])):
        kind = chance.choice(KINDS)
        fault = {"request": kind, "nth": chance.randint(1, 30 if kind == "any" else 6),
                 "do": chance.choice(["429", "500", "502", "503", "400", "cut", "cut", "cut", "cut-request"])}
        if fault["do"].startswith("cut"):
            fault["at"] = chance.random()
        faults.append(fault)
    return faults


def deploy(world, chance):
    """Exit status (None: killed) and all that was said."""
    process = subprocess.Popen(world.command(*DEPLOY), cwd=world.folder, env=world.environment, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    if chance.random() < 0.4:
        left = [chance.randint(1, 30)]
        which = chance.choice([signal.SIGINT, signal.SIGTERM, signal.SIGKILL])

        def look():
            left[0] -= 1
            if left[0] == 0:
                process.send_signal(which)
        world.platform.look = look
    said, _ = process.communicate(timeout=120)
    world.platform.look = lambda: None
    return (process.returncode if process.returncode >= 0 else None), said


def drain(world):
    """What the platform has begun, it brings to its end."""
    with world.platform.lock:
        for _ in range(1000):
            world.platform.go_on()


def run(seed):
    chance, world = random.Random(seed), World(dialogc, bot)
    try:
        before = world.bot()
        meant = {"one", "two"}
        world.behave(faults=random_faults(chance), states=chance.choice([0, 1, 3]),
                     fail_tasks=["one"] if chance.random() < 0.2 else [])
        status, said = deploy(world, chance)
        drain(world)
        check_nothing_lost(world, before)
        dialogs = set(world.dialogs())
        as_before, as_meant = not dialogs & meant, meant <= dialogs
        demand(status in (0, 3, None), f"exit status {status}")
        demand(status != 0 or as_meant, "it says that the bot is as planned")
        demand("as it was before" not in said or as_before, "it says that the bot is as it was")
        if status == 3 and "importing into" in said:
            demand(re.search(r"is as it was before|neither as it was nor as planned|is not known yet", said),
                   "it does not say what the bot is")
        check_secrets(world, said)
        recover(world, chance, before, meant)
        check_secrets(world, said)
    except Wrong as wrong:
        print(f"FAILED seed {seed}: {wrong}\n{locals().get('said', '')}")
        return False
    finally:
        world.close()
    return True


def check_nothing_lost(world, before):
    now = world.bot()
    demand([d for d in now["dialogs"] if d["lname"] not in ("one", "two")] == before["dialogs"], "a dialog is lost")
    demand({k: v for k, v in now.items() if k not in CHANGED} == {k: v for k, v in before.items() if k not in CHANGED},
           "something else has changed")
    for backup in world.backups():
        with zipfile.ZipFile(backup) as archive:
            archive.testzip()


CHANGED = {"dialogs", "dialogComponents", "sentences", "patterns", "idpConfigurations", "contentVariables",
           "exportOptions"}


def recover(world, chance, before, meant):
    """The next deploy brings about what is wanted; or, after a rollback, everything is as it was."""
    world.behave()
    backups = world.backups()
    arguments = DEPLOY
    if backups and chance.random() < 0.5:
        arguments = (*DEPLOY, "--rollback", str(backups[0].relative_to(world.folder)))
    status, out, error = world.run(*arguments)
    demand(status == 0, f"it cannot be repaired: {out}{error}")
    if arguments == DEPLOY:
        demand(meant <= set(world.dialogs()), "the next deploy has not completed it")
    else:
        demand(world.bot() == before, "the bot is not what it was after a rollback")
    demand(not world.records(), "a record is left")
    check_nothing_lost(world, before)


def check_secrets(world, said):
    texts = [said] + [path.read_bytes().decode("latin-1") for path in (world.folder / "p").rglob("*") if path.is_file()]
    for secret in (stand_in.SECRET, *world.platform.seen):
        demand(not any(secret in text for text in texts), "a credential is shown")


wrong = [seed for seed in range(first, first + count) if not run(seed)]
print(f"{count} runs, {len(wrong)} wrong: {wrong}" if wrong else f"{count} runs, nothing is lost")
sys.exit(bool(wrong))
