{{- /* config.yml of distribution 3 (docs/content/about/configuration.md). Takes the whole proxy or local registry. */ -}}
{{- define "daemonless.registry.distribution" -}}
version: 0.1
log:
  level: info
storage:
  # No cache of descriptors: it would still know what maintenance removed.
  filesystem:
    rootdirectory: /var/lib/registry
  delete:
    enabled: true
  maintenance:
    uploadpurging:
      enabled: false
http:
  addr: :5000
  draintimeout: 60s
{{- if .tls.existingSecret }}
  tls:
    certificate: /certificates/tls.crt
    key: /certificates/tls.key
{{- end }}
{{- if .auth.existingSecret }}
auth:
  htpasswd:
    realm: {{ .object }}
    path: /passwords/htpasswd
{{- end }}
{{- if .upstream }}
proxy:
  remoteurl: {{ .upstream }}
  # A time to live counts from the first pull, and takes layers that other images still have. wipe.sh does it instead.
  ttl: '0'
  exec:
{{- with (.credentials).helper }}
    command: /helpers/{{ .command }}
    lifetime: {{ default "30m" .lifetime }}
{{- else }}
    command: /scripts/credentials.sh
    lifetime: 5m
{{- end }}
{{- end }}
{{- end -}}

{{- /* config.json of zot (zotregistry.dev, "Configuring zot"). */ -}}
{{- define "daemonless.registry.zot" -}}
{{- $keep := list (dict "mostRecentlyPushedCount" (int .retention.keepLast) "pushedWithin" .retention.keepFor) -}}
{{- $mayGo := dict "repositories" .retention.repositories "deleteReferrers" true "deleteUntagged" true "keepTags" $keep -}}
{{- /* Without a policy of their own, other repositories would lose their untagged images. */ -}}
{{- $others := dict "repositories" (list "**") "deleteReferrers" false "deleteUntagged" false -}}
{{- $retention := dict "dryRun" .retention.dryRun "delay" .retention.delay "policies" (list $mayGo $others) -}}
{{- $storage := dict "rootDirectory" "/var/lib/registry" "dedupe" true "gc" true "gcDelay" "2h" "gcInterval" "1h" "retention" $retention -}}
{{- /* compat: BuildKit and Docker also push images in Docker's older format. */ -}}
{{- $http := dict "address" "0.0.0.0" "port" "5000" "compat" (list "docker2s2") -}}
{{- if .tls.existingSecret -}}
{{- $_ := set $http "tls" (dict "cert" "/certificates/tls.crt" "key" "/certificates/tls.key") -}}
{{- end -}}
{{- if .auth.existingSecret -}}
{{- $_ := set $http "auth" (dict "htpasswd" (dict "path" "/passwords/htpasswd") "failDelay" 1) -}}
{{- end -}}
{{- $scrub := dict "scrub" (dict "enable" true "interval" "24h") -}}
{{- toPrettyJson (dict "distSpecVersion" "1.1.1" "storage" $storage "http" $http "log" (dict "level" "info") "extensions" $scrub) -}}
{{- end -}}
