# How this agent signs in to Azure DevOps, when it registers and again when it unregisters: a token of the start has
# expired by then. Secrets lie in files. They are never arguments, and of all processes only config.sh has one in its
# environment, before there are jobs or after the last one.

# Azure DevOps as a resource of Microsoft Entra, the same in every tenant.
azure_devops=499b84ac-1321-427f-aa17-267ca6975798
entra_seconds=30

# The ways that the settings name, one a line.
sign_in_ways() {
  [[ -z ${AZP_TOKEN_FILE:-} ]] || echo token
  [[ -z ${AZP_CLIENT_SECRET_FILE:-} ]] || echo principal
  # Injected into every pod of a service account, so what was written on purpose goes before it.
  if [[ -z ${AZP_TOKEN_FILE:-}${AZP_CLIENT_SECRET_FILE:-} && -n ${AZURE_FEDERATED_TOKEN_FILE:-} ]]; then
    echo workload
  fi
}

# Runs config.sh with its arguments, signed in.
configure() (
  way=$(sign_in_ways)
  case $way in
    token) secret=$(<"$AZP_TOKEN_FILE") ;;
    principal) secret=$(<"$AZP_CLIENT_SECRET_FILE") ;;
    workload) secret=$(entra_token) ;;
  esac || return 1
  if [[ $way == principal ]]; then
    set -- "$@" --auth SP --clientid "$AZP_CLIENT_ID" --tenantid "$AZP_TENANT_ID"
    export VSTS_AGENT_INPUT_CLIENTSECRET="$secret"
  else
    set -- "$@" --auth PAT
    export VSTS_AGENT_INPUT_TOKEN="$secret"
  fi
  become ./config.sh "$@" < <(own_variables)
)

# Exchanges the pod's projected token for one of Azure DevOps (OAuth 2.0 client credentials, RFC 7523).
entra_token() {
  local authority=${AZURE_AUTHORITY_HOST:-https://login.microsoftonline.com/} answer token
  answer=$(curl --silent --show-error --retry 2 --max-time "$entra_seconds" \
    --data grant_type=client_credentials \
    --data "client_id=$AZURE_CLIENT_ID" \
    --data-urlencode "scope=$azure_devops/.default" \
    --data-urlencode client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer \
    --data-urlencode "client_assertion@$AZURE_FEDERATED_TOKEN_FILE" \
    "${authority%/}/$AZURE_TENANT_ID/oauth2/v2.0/token") || return 1
  token=$(field access_token "$answer")
  if [[ -z $token ]]; then
    warn "Microsoft Entra gave no token: $(field error_description "$answer"). Look at the federated credential" \
      "of client $AZURE_CLIENT_ID: issuer, subject (namespace and service account) and audience."
    return 1
  fi
  printf '%s' "$token"
}

# A string field of a flat JSON object.
field() {
  sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" <<<"$2" | head -1
}
