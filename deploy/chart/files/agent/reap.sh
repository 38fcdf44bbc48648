#!/bin/sh
# Removes this release's agents that have been offline for long: killed before they could unregister.
# Secrets reach curl by its standard input, never as an argument.
set -eu
fail() { echo "$1" >&2; exit 1; }
field() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p"; }
entra() { # prints an access token for Azure DevOps, which has this one resource id in every tenant
  printf 'data = "client_id=%s&grant_type=client_credentials&scope=499b84ac-1321-427f-aa17-267ca6975798/.default"\n%s\n' "$1" "$3" |
    curl --silent --fail-with-body --max-time 30 --config - "${AZURE_AUTHORITY_HOST:-https://login.microsoftonline.com/}$2/oauth2/v2.0/token" |
    field access_token
}
authorization() {
  if [ -n "${AZP_TOKEN_FILE-}" ]; then
    printf 'Basic %s' "$(printf ':%s' "$(cat "$AZP_TOKEN_FILE")" | base64 | tr -d '\n')"
  elif [ -n "${AZP_CLIENT_SECRET_FILE-}" ]; then
    printf 'Bearer %s' "$(entra "$AZP_CLIENT_ID" "$AZP_TENANT_ID" "data-urlencode = \"client_secret@$AZP_CLIENT_SECRET_FILE\"")"
  else
    type='data = "client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer"'
    printf 'Bearer %s' "$(entra "$AZURE_CLIENT_ID" "$AZURE_TENANT_ID" "$type
data-urlencode = \"client_assertion@$AZURE_FEDERATED_TOKEN_FILE\"")"
  fi
}
header=$(authorization)
call() { # method, path, further arguments of curl
  method=$1 url="$AZP_URL/_apis/distributedtask/pools$2"
  shift 2
  printf 'header = "Authorization: %s"\n' "$header" |
    curl --silent --show-error --fail --max-time 60 --config - --request "$method" --get --data-urlencode api-version=7.1 "$@" "$url"
}
pool=$(call GET '' --data-urlencode "poolName=$AZP_POOL" | jq -r '.value[0].id // empty') || fail "$AZP_URL did not list its pools: see the line above."
[ -n "$pool" ] || fail "There is no pool $AZP_POOL at $AZP_URL, or this identity may not see it."
dead='.value[] | select(.status == "offline" and (.name | startswith($prefix)))
  | select((.statusChangedOn // .createdOn | sub("\\..*"; "Z") | sub("Z+$"; "Z") | fromdate) < now - ($minutes * 60)) | "\(.id) \(.name)"'
call GET "/$pool/agents" | jq -r --arg prefix "$NAME_PREFIX" --argjson minutes "$OFFLINE_MINUTES" "$dead" | while read -r id name; do
  if call DELETE "/$pool/agents/$id" >/dev/null; then echo "removed $name"; else echo "$name was not removed" >&2; fi
done
