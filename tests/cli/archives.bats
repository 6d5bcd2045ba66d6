# Bots in archives of the platform, and in folders.
load support.bash

# bot.zip with the fixture, an icon that is stored, and notes that are compressed; and the fixture as bot/.
archive() {
    cp -r "$root/tests/bots/support-desk" bot
    chmod -R u+w bot
    python3 -c '
import zipfile
with zipfile.ZipFile("bot.zip", "w", zipfile.ZIP_DEFLATED) as archive:
    archive.writestr(zipfile.ZipInfo("icon.png", (2020, 2, 2, 2, 2, 2)), b"\x89PNG" * 9)
    archive.write("bot/botDefinition.json", "My Bot/botDefinition.json")
    archive.write("bot/config.json", "My Bot/config.json")
    archive.writestr("notes/read me.txt", "Hello. " * 99)
    archive.comment = b"of the platform"'
}

# The export in an archive, and the config.json beside it, as bot2/.
unpack() { # ARCHIVE
    rm -rf bot2 unpacked
    python3 -m zipfile -e "$1" unpacked
    mv "unpacked/My Bot" bot2
}

# What the archive's other files and its comment are, with their dates, lengths and checksums.
others() { # ARCHIVE
    python3 -c '
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    print(archive.comment)
    for entry in archive.infolist():
        if not entry.filename.startswith("My Bot/"):
            print(entry.filename, entry.date_time, entry.compress_type, entry.compress_size, entry.CRC)' "$1"
}

# An archive of the files that a Python expression gives: a list of names and texts.
archive_of() { # NAME EXPRESSION
    python3 -c '
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as archive:
    for name, text in eval(sys.argv[2]):
        archive.writestr(name, text)' "$1" "$2"
}

@test "what reads a bot reads it in an archive and in a folder, too" {
    archive
    for command in list verify; do
        "$dialogc" $command bot/botDefinition.json > plain 2>&1 || true
        "$dialogc" $command bot.zip > packed 2>&1 || true
        "$dialogc" $command bot > folder 2>&1 || true
        diff <(sed 's|bot/botDefinition.json||' plain) <(sed 's|bot.zip/My Bot/botDefinition.json||; s|bot.zip||' packed)
        diff plain <(sed 's|^bot$|bot/botDefinition.json|; s|^bot: |bot/botDefinition.json: |' folder)
    done
    run "$dialogc" diff bot.zip bot
    [ "$status" -eq 0 ]
    [ -z "$output" ] || [ "$output" = "no changes" ]
    "$dialogc" import -q -o from-file bot/botDefinition.json
    "$dialogc" import -q -o from-archive bot.zip
    diff -r from-file from-archive
}

@test "chat and test run a bot that is in an archive, or in a folder" {
    archive
    for bot in bot/botDefinition.json bot bot.zip; do
        run "$dialogc" chat --from $bot "Order Status" <<< "hello"
        [ "$status" -eq 0 ]
        [ "$output" = '  -- type what a user would say to start the dialog
you> hello
bot> What is the number of your order?' ]
        run "$dialogc" test --explore --from $bot "Order Status"
        [ "$status" -eq 0 ]
        [ "$output" = "Order Status: 0 findings in 69 conversations; 16 of 16 nodes and transitions" ]
    done
}

@test "install and uninstall change the bot in an archive, and nothing else in it" {
    archive
    template hello
    others bot.zip > before
    "$dialogc" install -q --into bot hello.yaml
    "$dialogc" install -q --into bot.zip hello.yaml
    unpack bot.zip
    diff -r bot bot2
    [ "$(others bot.zip)" = "$(cat before)" ]
    cp bot.zip installed.zip
    "$dialogc" install -q --into bot.zip hello.yaml
    cmp bot.zip installed.zip
    "$dialogc" uninstall -q --from bot.zip hello
    unpack bot.zip
    diff -r "$root/tests/bots/support-desk" bot2
    [ "$(others bot.zip)" = "$(cat before)" ]
}

@test "an archive gets a config.json, and loses it again" {
    archive
    archive_of alone.zip '[("My Bot/botDefinition.json", open("bot/botDefinition.json").read())]'
    template hello
    sed -i 's/Hello!/"Hello ${env.CITY}!"/' hello.yaml
    echo 'variables: {env: {CITY: where the shop is}}' >> hello.yaml
    "$dialogc" install -q --into alone.zip hello.yaml
    unpack alone.zip
    grep -q CITY bot2/config.json
    "$dialogc" uninstall -q --from alone.zip hello
    unpack alone.zip
    [ "$(ls bot2)" = botDefinition.json ]
    diff bot/botDefinition.json bot2
}

@test "--dry-run and -o leave the archive as it is" {
    archive
    template hello
    cp bot.zip before.zip
    run "$dialogc" install --dry-run --into bot.zip hello.yaml
    [ "$status" -eq 0 ]
    [[ "$output" = *"add       "* ]]
    cmp bot.zip before.zip
    "$dialogc" install -q --into bot.zip -o other.zip hello.yaml
    cmp bot.zip before.zip
    "$dialogc" install -q --into before.zip hello.yaml
    unpack other.zip
    cp -r bot2 bot3
    unpack before.zip
    diff -r bot2 bot3
}

@test "an archive without a bot to read is an error that says why" {
    archive
    export_text='open("bot/botDefinition.json").read()'
    archive_of empty.zip '[("readme.txt", "")]'
    archive_of two.zip "[('a/botDefinition.json', $export_text), ('b/appDefinition.json', $export_text)]"
    archive_of out.zip "[('botDefinition.json', $export_text), ('../config.json', '{}')]"
    archive_of bomb.zip '[("botDefinition.json", " " * (1 << 27))]'
    head -c 4000 bot.zip > short.zip
    python3 -c '
data = bytearray(open("bot.zip", "rb").read())
data[data.index(b"botDefinition.json") + 300] ^= 255
open("damaged.zip", "wb").write(data)
data = bytearray(open("bot.zip", "rb").read())
for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
    at = data.find(signature)
    while at >= 0:
        data[at + flags] |= 1
        at = data.find(signature, at + 4)
open("encrypted.zip", "wb").write(data)'
    while IFS='|' read -r file reason; do
        run "$dialogc" verify "$file"
        echo "$file: $output"
        [ "$status" -eq 1 ]
        [[ "$output" = *"error[E1001]: there is no bot to read in this archive: "*"$reason"* ]]
    done << 'END'
empty.zip|neither botDefinition.json nor appDefinition.json is in it
two.zip|it holds two bots, `a/botDefinition.json` and `b/appDefinition.json`; unpack it and name one
out.zip|the name `../config.json` in it leads out of the archive
bomb.zip|`botDefinition.json` in it is larger than 67108864 bytes
short.zip|the archive is damaged
damaged.zip|the archive is damaged: `My Bot/botDefinition.json` cannot be read
encrypted.zip|`My Bot/botDefinition.json` in it is encrypted; unpack it and name the file
END
    run bash -c "'$dialogc' list - < bot.zip"
    [ "$status" -eq 1 ]
    [[ "$output" = *"an archive cannot come from standard input; name its file"* ]]
}

@test "a folder without a bot, or with two, is a failure" {
    mkdir none two
    echo '{}' | tee two/botDefinition.json > two/appDefinition.json
    run "$dialogc" list none
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: the folder none has neither botDefinition.json nor appDefinition.json" ]
    run "$dialogc" list two
    [ "$status" -eq 3 ]
    [ "$output" = "dialogc: the folder two holds two bots: name two/botDefinition.json or two/appDefinition.json" ]
}

@test "two commands at once do not undo each other's changes of an archive" {
    archive
    template hello
    for i in 1 2 3; do
        "$dialogc" install -q --into bot.zip hello.yaml &
        "$dialogc" uninstall -q --from bot.zip hello || true
        wait
    done
    "$dialogc" install -q --into bot.zip hello.yaml
    "$dialogc" uninstall -q --from bot.zip hello
    unpack bot.zip
    diff -r "$root/tests/bots/support-desk" bot2
}
