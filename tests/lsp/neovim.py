#!/usr/bin/env python3
"""Neovim, with the lines of docs/editors.md, in front of the language server: neovim.py DIALOGC DOCUMENT.

Completion, definition, rename and a quick fix, as a person would use them; neovim.lua presses the keys.
"""
import os, pathlib, re, shutil, subprocess, sys, tempfile

from case import TEMPLATE

program, document = (pathlib.Path(name).resolve() for name in sys.argv[1:3])
if shutil.which("nvim") is None:
    print("there is no nvim: skipped")
    sys.exit()
folder = pathlib.Path(tempfile.mkdtemp(prefix="neovim"))
(folder / "init.lua").write_text(re.search(r"```lua\n(.*?)```", document.read_text(), re.DOTALL).group(1))
(folder / "programs").mkdir()
(folder / "programs/dialogc").symlink_to(program)
(folder / "project/templates").mkdir(parents=True)
(folder / "project/dialogc.yaml").write_text("dialogc: 1\nname: Bot\n")
template = folder / "project/templates/hello.yaml"
template.write_text(TEMPLATE.replace("say: greeting", "say: greting"))
result = folder / "result"
environment = {**os.environ, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder), "XDG_STATE_HOME": str(folder),
               "PATH": f"{folder / 'programs'}:{os.environ['PATH']}", "RESULT": str(result)}
subprocess.run(["nvim", "--headless", "-n", "-u", folder / "init.lua", template, "-c",
                f"luafile {pathlib.Path(__file__).resolve().with_suffix('.lua')}"],
               env=environment, check=True, timeout=120, capture_output=True)
said = result.read_text().strip()
expected = TEMPLATE.replace("name", "who") + "  - ask: who\n"
if said != "done" or template.read_text() != expected:
    sys.exit(f"{said}\n{template.read_text()}")
