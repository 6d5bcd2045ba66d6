# dialogc mock-salesforce, as a client sees it: curl.
load support.bash

setup_file() {
    command -v curl > /dev/null
}

# Starts a server on a free port; its address goes to `host`, a token to `token`.
serve() { # ARGUMENT...
    "$dialogc" mock-salesforce --port 0 "$@" > url 2> log 3>&- &
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
    run call POST /services/oauth2/revoke 'token=simulated'
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
