#!/usr/bin/env python3
"""Builds that are killed at random points, and two builds at once, never leave a wrong state.

    kill.py DIALOGC TEMPLATES [KILLS] [SEED]

Each round changes a project with the templates in the folder TEMPLATES at random, kills a build of it and
sometimes changes it again. The next build must then write the same files as a build in a fresh copy, and
leave nothing else behind. In every fourth round, two builds run at once while the project changes. KILLS
is the number of builds to kill.
"""
import filecmp
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

PROFILE = """dialogc: 1
profile: salesforce
name: Organisation {}
type: oauth2
authorization: pre-authorized
app: custom
identityProvider: idp
clientId: ${{env.ID}}
clientSecret: ${{env.SECRET}}
authorizationUrl: https://example.com/authorize
tokenUrl: https://example.com/token
scopes: [api]
"""


class Project:
    def __init__(self, folder, templates, chance):
        self.folder, self.chance, self.originals = folder, chance, {}
        os.makedirs(f"{folder}/auth")
        shutil.copytree(f"{templates}/fragments", f"{folder}/templates/fragments")
        for name in sorted(os.listdir(templates)):
            if name.endswith(".yaml") and not name.endswith(".test.yaml"):
                with open(f"{templates}/{name}", encoding="utf-8") as file:
                    self.originals[name] = file.read()
                self.write(name, self.originals[name])
        with open(f"{folder}/dialogc.yaml", "w") as file:
            file.write("dialogc: 1\nlocales: [en, de]\n"
                       "variables: {env: {ID: The id., SECRET: The secret.}}\n")
        self.write_profile()

    def write(self, name, text):
        with open(f"{self.folder}/templates/{name}", "w", encoding="utf-8") as file:
            file.write(text)

    def write_profile(self):
        with open(f"{self.folder}/auth/salesforce.yaml", "w") as file:
            file.write(PROFILE.format(self.chance.randrange(1000)))

    def change(self):
        """Some templates, in ways that keep the size of the file or do not; now and then more."""
        for name in self.chance.sample(sorted(self.originals), self.chance.choice([0, 1, 2, 20])):
            path = f"{self.folder}/templates/{name}"
            kind = self.chance.randrange(4)
            if kind == 0 and os.path.exists(path):
                os.unlink(path)
            elif kind == 1 and os.path.exists(path):
                os.utime(path)
            else:
                mark = self.chance.choice(["aaa", "bbb", "longer words"])
                self.write(name, self.originals[name].replace(
                    "description: ", f"description: {mark} ", 1))
        if self.chance.randrange(6) == 0:
            self.write_profile()
        if self.chance.randrange(6) == 0:
            path = f"{self.folder}/templates/fragments/failure-messages.yaml"
            with open(path, encoding="utf-8") as file:
                text = file.read()
            with open(path, "w", encoding="utf-8") as file:
                file.write(text + "\n")
        artifacts = f"{self.folder}/dialogs"
        if self.chance.randrange(4) == 0 and os.path.isdir(artifacts):
            names = [name for name in sorted(os.listdir(artifacts)) if not name.startswith(".")]
            for name in self.chance.sample(names, min(2, len(names))):
                if self.chance.randrange(2):
                    os.unlink(f"{artifacts}/{name}")
                else:
                    with open(f"{artifacts}/{name}", "a") as file:
                        file.write("\n")


def build(dialogc, folder, **options):
    return subprocess.Popen([dialogc, "build", "-q", "-j", "2", "-C", folder],
                            stderr=subprocess.PIPE, **options)


def finish(process):
    errors = process.communicate()[1].decode()
    if process.returncode != 0:
        sys.exit(f"a build failed with status {process.returncode}:\n{errors}")


def compare(dialogc, project, clean, what):
    """With what a build in a fresh copy makes; artifacts whose template has gone may stay."""
    shutil.rmtree(clean, ignore_errors=True)
    shutil.copytree(project.folder, clean, ignore=shutil.ignore_patterns(".dialogc", "dialogs"))
    finish(build(dialogc, clean))
    wanted, made = sorted(os.listdir(f"{clean}/dialogs")), f"{project.folder}/dialogs"
    gone = set(os.listdir(made)) - set(wanted)
    left = [name for name in gone if name.startswith(".")]
    left += [name for name in os.listdir(f"{project.folder}/.dialogc")
             if name not in (".gitignore", "state")]
    _, different, missing = filecmp.cmpfiles(f"{clean}/dialogs", made, wanted, shallow=False)
    if different or missing or left:
        sys.exit(f"{what}: different {different}, missing {missing}, left behind {left}")


def main():
    dialogc, templates = sys.argv[1:3]
    kills = int(sys.argv[3]) if len(sys.argv) > 3 else 100
    seed = int(sys.argv[4]) if len(sys.argv) > 4 else random.randrange(10**6)
    chance = random.Random(seed)
    work = tempfile.mkdtemp()
    project = Project(f"{work}/project", templates, chance)
    start = time.monotonic()
    finish(build(dialogc, project.folder))
    longest = time.monotonic() - start
    killed = number = 0
    while killed < kills:
        what = f"round {number} of seed {seed}"
        project.change()
        if number % 4 == 3:
            one, two = build(dialogc, project.folder), build(dialogc, project.folder)
            time.sleep(chance.uniform(0, longest))
            project.change()
            for process in (one, two):  # what they find may have changed in between
                process.communicate()
        else:
            process = build(dialogc, project.folder)
            time.sleep(longest * chance.random() ** 2)
            process.send_signal(signal.SIGKILL)
            process.communicate()
            killed += process.returncode == -signal.SIGKILL
            if chance.randrange(2):
                project.change()
        finish(build(dialogc, project.folder))
        compare(dialogc, project, f"{work}/clean", what)
        number += 1
    shutil.rmtree(work)
    print(f"{number} rounds, {killed} builds killed, all like clean builds (seed {seed})")


main()
