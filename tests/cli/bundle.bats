# dialogc bundle.
load support.bash

project() {
    mkdir -p bot/templates
    printf 'dialogc: 1\nname: Sales Bot\n' > bot/dialogc.yaml
    (cd bot/templates && template one && template two)
    sed -i 's/Hello!/"Hello at {{env.HOST}}"/' bot/templates/two.yaml
}

@test "bundle writes a bot that verify finds nothing in, and a zip of its files" {
    project
    run "$dialogc" bundle -C bot -o out
    [ "$status" -eq 0 ]
    [ "$output" = "2 dialogs in out/bot.zip" ]
    run "$dialogc" verify out/botDefinition.json
    [ "$status" -eq 0 ]
    [ "$output" = "" ]
    python3 - <<'END'
import json, zipfile
bot = open("out/botDefinition.json", "rb").read()
config = open("out/config.json", "rb").read()
archive = zipfile.ZipFile("out/bot.zip")
assert archive.testzip() is None
assert archive.namelist() == ["botDefinition.json", "config.json"]
assert archive.read("botDefinition.json") == bot and archive.read("config.json") == config
data = json.loads(bot)
assert json.dumps(data, indent=4, ensure_ascii=False).encode() == bot
assert [d["lname"] for d in data["dialogs"]] == ["one", "two"]
assert data["localeData"]["en"]["name"] == "Sales Bot"
assert sorted(data["exportOptions"]["subTasks"]["dialogs"]) == sorted(d["_id"] for d in data["dialogs"])
assert "encryptedHash" not in data
assert [v["key"] for v in json.loads(config)["envVariables"]] == ["HOST"]
END
}

@test "the same project gives the same bytes, and a bundle takes templates like any export" {
    project
    "$dialogc" bundle -q -C bot -o out
    sleep 1
    "$dialogc" bundle -q -C bot -o again -j 4
    diff -r out again
    "$dialogc" bundle -q -C bot -o one one
    run "$dialogc" install -C bot --into one/botDefinition.json two
    [ "$status" -eq 0 ]
    run "$dialogc" diff one/botDefinition.json out/botDefinition.json
    [ "$output" = "without effect: the order of \`exportOptions.subTasks.dialogs\`" ]
}

@test "languages: the project's, or those of the templates" {
    project
    sed -i 's/^title: .*/title: {en: One, de: Eins}\nlocales: [en, de]/; s/utterances: .*/utterances: {en: [one], de: [eins]}}/; s/Hello!/{text: {en: Hi, de: Hallo}}/' bot/templates/one.yaml
    run "$dialogc" bundle -C bot -o out
    [ "$status" -eq 0 ]
    [ "$(python3 -c 'import json; b = json.load(open("out/botDefinition.json")); print(b["defaultLanguage"], b["supportedLanguages"], list(b["languageConfigurations"]))')" = \
        "en ['en', 'de'] ['en', 'de']" ]
}

@test "a template with an error, no folder, no templates: nothing is written" {
    project
    echo 'nonsense: 1' >> bot/templates/one.yaml
    run "$dialogc" bundle -C bot -o out
    [ "$status" -eq 1 ]
    [ ! -e out ]
    run "$dialogc" bundle -C bot
    [ "$status" -eq 2 ]
    [ "$output" = "dialogc: \`dialogc bundle\` needs \`--output DIR\`: the folder for the three files" ]
    mkdir empty
    run "$dialogc" bundle -o out empty
    [ "$status" -eq 2 ]
    touch file
    sed -i '$d' bot/templates/one.yaml
    run "$dialogc" bundle -C bot -o file
    [ "$status" -eq 3 ]
    [[ "$output" == "dialogc: cannot "*" file"* ]]
}
