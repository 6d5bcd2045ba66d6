load support

# `dialogc WORD...` is refused with MESSAGE, and nothing else, on standard error; exit status 2.
refused() { # MESSAGE WORD...
    local message=$1
    shift
    "$dialogc" "$@" > stdout 2> stderr && return 1 || [ $? -eq 2 ]
    [ ! -s stdout ]
    printf 'dialogc: %s\n' "$message" | diff - stderr
}

@test "a wrong command" {
    refused 'there is no command `biuld`; did you mean `build`?' biuld a.yaml
    refused 'there is no command `upload`; `dialogc --help` lists the commands' upload
    refused 'there is no command `instal`; did you mean `install`?' help instal
    refused 'the command comes first, then its options: `dialogc COMMAND --format=json`; `dialogc --help` lists the commands' --format=json check a.yaml
}

@test "an option that the command does not have" {
    refused '`dialogc check` does not have the option `-o`; it is an option of other commands, such as `dialogc build`' check -o x a.yaml
    refused '`dialogc check` does not have the option `--check`; it is an option of `dialogc build` and `dialogc fmt`' check --check a.yaml
    refused '`dialogc build` does not have the option `--into`; it is an option of `dialogc install`' build --into bot.json
    refused '`dialogc check` does not have the option `--from`; it is an option of `dialogc test`, `dialogc chat` and `dialogc uninstall`' check --from bot.json a.yaml
    refused '`dialogc explain` does not have the option `--format`; it is an option of other commands, such as `dialogc init`' explain --format=json E0101
    refused '`dialogc list` does not have the option `--max-warnings`; it is an option of other commands, such as `dialogc build`' list --max-warnings 0 bot.json
    refused '`dialogc build` does not have the option `--ouput`; did you mean `--output`?' build --ouput=x a.yaml
    refused '`dialogc build` does not have the option `-format`; did you mean `--format`?' build -format=json a.yaml
    refused '`dialogc check` does not have the option `-x`; `dialogc check --help` lists its options' check -x a.yaml
    refused '`dialogc check` does not have the option `--nothing-like-it`; `dialogc check --help` lists its options' check --nothing-like-it a.yaml
    refused '`dialogc sobject list` does not have the option `--output`; it is an option of `dialogc sobject import`' sobject list -o x
}

@test "a value that is not allowed" {
    refused '`--format` takes human, json, sarif, github or junit, not `xml`' check --format=xml a.yaml
    refused '`--format` takes human, json, sarif, github or junit, not `jsn`; did you mean `json`?' check --format=jsn a.yaml
    refused '`--color` takes auto, always or never, not `alwyas`; did you mean `always`?' check --color=alwyas a.yaml
    refused '`--format` takes human or json, not `sarif`' list --format=sarif bot.json
    refused '`--format` takes human, json or junit, not `github`' test --format=github
    refused '`--export` takes botium or xo, not `botum`; did you mean `botium`?' test --export botum -o x
    refused '`--operation` takes create, update, view, search, list or delete, not `crate`; did you mean `create`?' new lead --object Lead --operation crate
    refused '`--jobs` takes a number from 1 to 1024, not `0`' build -j 0 a.yaml
    refused '`--jobs` takes a number from 1 to 1024, not `many`' build --jobs=many a.yaml
    refused '`--max-warnings` takes a number, 0 or more, not `-1`' check --max-warnings=-1 a.yaml
    refused '`--min-coverage` takes a number from 0 to 100, not `101`' test --min-coverage 101
    refused '`--port` takes a number from 0 to 65535, not `65536`' mock-salesforce --port 65536
    refused '`--address` takes an IPv4 address such as 127.0.0.1, not `localhost`' mock-salesforce --port 0 --address localhost
    refused '`--shard` takes I/N, such as 1/4 for the first of four parts, not `5/4`' build --shard 5/4 a.yaml
    refused '`--shard` takes I/N, such as 1/4 for the first of four parts, not `4`' build --shard 4 a.yaml
    refused '`--set` takes NAME=VALUE, not `name`' chat --set name a.yaml
    refused '`--error` takes warning codes, but there is no code `W9999`; `dialogc explain` lists the codes' check --error W9999 a.yaml
    refused '`--error` takes warning codes, but there is no code `W0O02`; did you mean `W0002`?' check --error W0313,W0O02 a.yaml
    refused '`--ignore` takes warning codes, but `E0101` is always an error' check --ignore E0101 a.yaml
    refused '`--ignore` takes warning codes, separated by single commas' check --ignore W0313, a.yaml
}

@test "a value that is missing, or that nobody asked for" {
    refused 'the option `--auth` needs a value: `--auth FILE|DIR`' build --auth
    refused 'the option `--jobs` needs a value: `--jobs N`' build -j
    refused 'the option `--output` needs a value: `--output DIR`' build --output= a.yaml
    refused 'the option `--color` needs a value: `--color auto|always|never`' check --color
    refused 'the option `--quiet` takes no value: write it alone, not as `--quiet=yes`' check --quiet=yes a.yaml
    refused 'the option `--quiet` takes no value: write it alone, not as `-qx`' check -qx a.yaml
}

@test "options that belong together, or do not" {
    refused '`--export` needs `--output DIR`' test --export botium
    refused '`--output` needs `--export botium|xo`' test -o x
    refused '`--update` and `--explore` cannot be used together' test --update --explore
    refused '`--coverage` and `--export` cannot be used together' test --export botium -o x --coverage
    refused '`--explore` and `--shard` cannot be used together' test --explore --shard 1/2 a.yaml
    refused '`--check` and `--depfile` cannot be used together' build --check --depfile d a.yaml
    refused '`--check` compares files, and `-o -` writes none; use one of the two' build --check -o - a.yaml
    refused '`--depfile` needs artifacts in files, and `-o -` writes none; use one of the two' build --depfile d -o - a.yaml
    refused '`dialogc bundle` writes three files: `-o` takes a folder, not `-`' bundle -o -
    refused '`dialogc import` writes several files: `-o` takes a folder, not `-`' import -o - bot.json
}

@test "an option that the command needs" {
    refused '`dialogc install` needs `--into BOT.json`: the export, botDefinition.json or appDefinition.json' install a.yaml
    refused '`dialogc uninstall` needs `--from BOT.json`: the export, botDefinition.json or appDefinition.json' uninstall a
    refused '`dialogc bundle` needs `--output DIR`: the folder for the three files' bundle
    refused '`dialogc import` needs `--output DIR`: the folder of the new project' import bot.json
    refused '`dialogc mock-salesforce` needs `--port N`: the port to listen on; 0 chooses one that is free and prints it' mock-salesforce
    refused '`dialogc new NAME` needs `--object` and `--operation`' new lead
}

@test "a wrong number of operands" {
    refused '`dialogc uninstall` takes the templates to remove, by identifier or title' uninstall --from bot.json
    refused '`dialogc import` takes one bot export' import -o x
    refused '`dialogc verify` takes one or more bot exports' verify
    refused '`dialogc list` takes one bot export' list
    refused '`dialogc list` takes one bot export' list a.json b.json
    refused '`dialogc diff` takes two exports or artifacts, the older one first, or revisions of git' diff a.json
    refused '`dialogc watch` takes no operands: it builds the project in the current folder, or in the one that `-C` names' watch a.yaml
    refused '`dialogc new` takes the name of one template' new a b
    refused '`dialogc chat` needs files, folders or a project (dialogc.yaml)' chat
    refused 'there is no file or template `a`; name a file, a folder, or a template of the project' chat a b
    refused '`dialogc new-test` takes one template' new-test
    refused '`dialogc mock-salesforce` takes no operands' mock-salesforce --port 0 x
    refused '`dialogc schema` takes the name of one schema' schema a b
    refused '`dialogc auth` takes one profile, or the file of one' auth
    refused '`dialogc sobject` takes `import DESCRIBE.json...`, `show OBJECT...` or `list`' sobject
    refused '`dialogc sobject` takes `import DESCRIBE.json...`, `show OBJECT...` or `list`' sobject show
    refused '`dialogc sobject` takes `import DESCRIBE.json...`, `show OBJECT...` or `list`' sobject list x
}

@test "a name that does not exist" {
    mkdir -p project/templates
    echo "dialogc: 1" > project/dialogc.yaml
    template create-a-lead
    mv create-a-lead.yaml project/templates
    refused 'there is no schema `projct`; did you mean `project`?' schema projct
    refused 'there is no schema `nothing`; `dialogc schema` lists the schemas' schema nothing
    refused 'there is no auth profile `salesfroce`; did you mean `salesforce`?' auth salesfroce
    refused 'there is no auth profile `other`; the project'\''s profiles are in the folder `auth`, or where dialogc.yaml says' auth other
    refused '`dialogc sobject` takes import, show or list, not `imprt`; did you mean `import`?' sobject imprt x
    refused 'there is no code `E9999`; `dialogc explain` lists the codes' explain E9999
    refused 'there is no code `E01O1`; did you mean `E0101`?' explain E01O1
    refused 'there is no file or template `create-a-laed`; did you mean `create-a-lead`?' install --into bot.json -C project create-a-laed
    refused 'there is no file or template `other`; name a file, a folder, or a template of the project' install --into bot.json -C project other
}

@test "a list of files from Windows" {
    printf 'dialogc: 1\n' > a.yaml
    cp a.yaml 'b c.yaml'
    "$dialogc" check a.yaml 'b c.yaml' 2> expected || [ $? -eq 1 ]
    printf '\xef\xbb\xbfa.yaml\r\n\r\nb c.yaml\r\n' > list
    "$dialogc" check @list 2> actual || [ $? -eq 1 ]
    diff expected actual
    printf 'a.yaml\n' | iconv -t UTF-16LE > list
    refused 'cannot read list: it looks like UTF-16; save it as UTF-8' check @list
}
