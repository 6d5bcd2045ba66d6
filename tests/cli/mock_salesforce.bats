# dialogc mock-salesforce, as a client sees it: curl.
load support.bash

setup_file() {
    command -v curl > /dev/null
}

# Starts a server on a free port; its address goes to `host`, a token to `token`.
serve() { # ARGUMENT...
    rm -f url
    (
        [ -z "${memory:-}" ] || ulimit -v "$memory"
        exec "$dialogc" mock-salesforce --port 0 "$@"
    ) > url 2> log 3>&- &
    server=$!
    for ((i = 0; i < 100; i++)); do
        [ -s url ] && break
        sleep 0.05
    done
    host=$(sed -n 's/^listening on //p' url)
    token=$(curl -s -d grant_type=password "$host/services/oauth2/token" | jq -r .access_token)
}

stop() {
    kill -TERM "$server"
    wait "$server"
}

# The status and the body of an answer, on two lines.
call() { # METHOD PATH [BODY] [TOKEN]
    local body=()
    [ -z "${3:-}" ] || body=(-H 'Content-Type: application/json' --data-binary "$3")
    curl -s -X "$1" -H "Authorization: Bearer ${4:-$token}" "${body[@]}" -o body -w '%{http_code}\n' "$host$2"
    cat body
}

@test "records are created, read, found, changed and deleted" {
    serve
    data=/services/data/v62.0
    run call POST $data/sobjects/Lead '{"LastName": "Lovelace", "Company": "Engines"}'
    [ "${lines[0]}" = 201 ]
    id=$(jq -r .id body)
    [ "${lines[1]}" = "{\"id\":\"$id\",\"success\":true,\"errors\":[]}" ]
    run call PATCH "$data/sobjects/Lead/$id" '{"FirstName": "Ada"}'
    [ "$output" = 204 ]
    run call GET "$data/sobjects/Lead/$id?fields=FirstName,LastName"
    [ "${lines[0]}" = 200 ]
    [ "$(jq -c '[.Id, .FirstName, .LastName]' body)" = "[\"$id\",\"Ada\",\"Lovelace\"]" ]
    run call GET "$data/query?q=SELECT+FirstName+FROM+Lead+WHERE+LastName+=+'Lovelace'"
    [ "${lines[0]}" = 200 ]
    [ "$(jq -c '[.totalSize, .done, .records[0].FirstName]' body)" = '[1,true,"Ada"]' ]
    run call DELETE "$data/sobjects/Lead/$id"
    [ "$output" = 204 ]
    run call GET "$data/sobjects/Lead/$id"
    [ "${lines[0]}" = 404 ]
    stop
    [ "$(cat log)" = "POST /services/oauth2/token 200
POST $data/sobjects/Lead 201
PATCH $data/sobjects/Lead/$id 204
GET $data/sobjects/Lead/$id 200
GET $data/query 200
DELETE $data/sobjects/Lead/$id 204
GET $data/sobjects/Lead/$id 404" ]
}

@test "--now is the organisation's time" {
    serve --now 2026-02-28T23:59:00Z
    run call POST /services/data/v62.0/sobjects/Lead '{"LastName": "Lovelace", "Company": "Engines"}'
    [ "${lines[0]}" = 201 ]
    run call GET "/services/data/v62.0/query?q=SELECT+CreatedDate+FROM+Lead+WHERE+CreatedDate+=+TODAY"
    [ "$(jq -c '[.records[].CreatedDate]' body)" = '["2026-02-28T23:59:00.000+0000"]' ]
    stop
    run "$dialogc" mock-salesforce --port 0 --now yesterday
    [ "$status" -eq 2 ]
    [ "$output" = 'dialogc: `--now` takes a date and time such as 2026-01-15T09:00:00Z, not `yesterday`' ]
}

@test "a wrong token, a wrong path, a wrong body and one that is too large are refused" {
    serve -q
    data=/services/data/v62.0
    run call GET $data/sobjects/Lead/describe '' stolen
    [ "$output" = '401
[{"message":"Session expired or invalid","errorCode":"INVALID_SESSION_ID"}]' ]
    run call GET $data/nowhere
    [ "${lines[0]}" = 404 ]
    [ "$(jq -r '.[0].errorCode' body)" = NOT_FOUND ]
    run call POST $data/sobjects/Lead '{"LastName"'
    [ "${lines[0]}" = 400 ]
    [ "$(jq -r '.[0].errorCode' body)" = JSON_PARSER_ERROR ]
    head -c 17000000 /dev/zero | tr '\0' ' ' > large
    run call POST $data/sobjects/Lead @large
    [ "$output" = '413
[{"message":"The request is too large.","errorCode":"REQUEST_TOO_LARGE"}]' ]
    stop
    [ ! -s log ]
}

@test "only requests of this machine are answered: neither another name nor a page of the web" {
    serve -q
    path=/services/data/v62.0/sobjects/Lead/describe
    refusal='[{"message":"This server only answers requests of this machine; `--host NAME` adds a name.","errorCode":"INSUFFICIENT_ACCESS"}]403'
    status_of() { # HEADER
        curl -s -H "Authorization: Bearer $token" -H "$1" -o body -w '%{http_code}' "$host$path"
    }
    for header in 'Host: example.com' 'Host: localhost.example.com' 'Host: 127.0.0.1.example.com' 'Host: 10.0.0.1' \
        'Host: 127.1' 'Host: 127.0.0' 'Host: 127.0.0.1.1' 'Host: 127.0.0.' \
        'Host: localhost:80x' 'Host;' 'Origin: https://example.com' 'Origin: null' 'Origin: localhost'; do
        [ "$(status_of "$header")" = 403 ]
        [ "$(cat body)403" = "$refusal" ]
    done
    for header in 'Host: LOCALHOST' 'Host: localhost:1' 'Host: 127.0.0.2:80' 'Host: [::1]:8080' \
        'Origin: http://localhost:3000' 'Origin: https://127.0.0.1'; do
        [ "$(status_of "$header")" = 200 ]
    done
    stop
    serve -q --host Tunnel.example.com
    [ "$(status_of 'Host: tunnel.example.com')" = 200 ]
    [ "$(status_of 'Host: example.com')" = 403 ]
    stop
}

@test "the access token is another one each time, or the one that is given" {
    serve -q
    first=$token
    [[ "$first" =~ ^[0-9a-f]{48}$ ]]
    stop
    serve -q
    [ "$token" != "$first" ]
    stop
    serve -q --token given
    [ "$token" = given ]
    run call GET /services/oauth2/userinfo '' given
    [ "${lines[0]}" = 200 ]
    stop
}

@test "clients that send nothing, or slowly, are let go" {
    serve -q --timeout 1
    exec {silent}<> "/dev/tcp/127.0.0.1/${host##*:}"
    exec {slow}<> "/dev/tcp/127.0.0.1/${host##*:}"
    (for i in {1..100}; do
        echo -n G >&"$slow" || break
        sleep 0.1
    done 2> /dev/null) &
    run timeout 10 cat <&"$silent"
    [ "$status" -eq 0 ]
    run timeout 10 cat <&"$slow"
    [ "$status" -lt 124 ]
    exec {silent}>&- {slow}>&-
    for ((i = 0; i < 100; i++)); do
        exec {place}<> "/dev/tcp/127.0.0.1/${host##*:}" || true
    done
    for ((i = 0; i < 50; i++)); do
        [ "$(call GET /services/oauth2/userinfo | head -1)" = 200 ] && break
        sleep 0.1
    done
    [ "$i" -lt 50 ]
    stop
}

@test "memory that runs out ends no more than a request" {
    needs_little_memory
    memory=140000 serve -q
    long=$(head -c 30000 /dev/zero | tr '\0' 'x')
    for ((i = 0; i < 1500; i++)); do
        printf 'next\nurl = "%s/services/data/v62.0/sobjects/Lead"\nheader = "Authorization: Bearer %s"\n' "$host" "$token"
        printf 'data = "{\\"LastName\\": \\"a%d\\", \\"Company\\": \\"c\\", \\"Description\\": \\"%s\\"}"\nwrite-out = "%%{http_code}\\n"\noutput = "last"\n' "$i" "$long"
    done | sed 1d > requests
    curl -s -K requests | sort | uniq -c | sed 's/^ *//' > counts
    cat counts
    grep -q ' 201$' counts
    [ "$(cat last)" = '[{"message":"The server has run out of memory.","errorCode":"SERVER_UNAVAILABLE"}]' ]
    stop
}

@test "logging in and out, and who is logged in" {
    serve -q
    run call GET /services/oauth2/token
    [ "${lines[0]}" = 405 ]
    run call POST /services/oauth2/token 'user=x'
    [ "$output" = '400
{"error":"unsupported_grant_type","error_description":"grant type not supported"}' ]
    run call GET /services/oauth2/userinfo
    [ "${lines[0]}" = 200 ]
    [ "$(jq -r .email body)" = test.user@example.com ]
    run call POST /services/oauth2/revoke "token=$token"
    [ "$output" = 200 ]
    run call GET /services/data/v62.0/nothing/of/all/the/many/segments/that/a/path/can/have
    [ "${lines[0]}" = 404 ]
    stop
}

@test "--org gives it records; what is wrong with them is located" {
    echo 'Lead: [{LastName: Lovelace, Company: Engines}]' > org.yaml
    serve --org org.yaml
    run call GET "/services/data/v62.0/query?q=SELECT+LastName+FROM+Lead"
    [ "$(jq -c '[.records[].LastName]' body)" = '["Lovelace"]' ]
    stop
    echo '[Lead]' > org.yaml
    run "$dialogc" mock-salesforce --port 0 --org org.yaml
    [ "$status" -eq 1 ]
    [ "${lines[0]}" = "error[E1203]: records must be a mapping from objects to lists of records" ]
    [ "${lines[1]}" = " --> org.yaml:1:1" ]
    run "$dialogc" mock-salesforce --port 0 --org missing.yaml
    [ "$status" -eq 3 ]
}

@test "a port that is taken, or no port or address at all" {
    serve
    run "$dialogc" mock-salesforce --port "${host##*:}"
    [ "$status" -eq 3 ]
    [[ "$output" == "dialogc: cannot listen on 127.0.0.1:${host##*:}: Address already in use" ]]
    stop
    run "$dialogc" mock-salesforce --port 70000
    [ "$status" -eq 2 ]
    run "$dialogc" mock-salesforce --port 0 --address nowhere
    [ "$status" -eq 2 ]
}
