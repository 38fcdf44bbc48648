{{- /* How BuildKit reaches registries: a YAML map of `mirrors` (registry -> hosts with path, in order) and `hosts` (host ->
http, insecure, caSecret). From buildkit.mirrors, then the proxies, then the local registry. */ -}}
{{- define "daemonless.buildkit.registries" -}}
{{- $entries := deepCopy .Values.buildkit.mirrors -}}
{{- range (include "daemonless.proxies" . | fromYaml).proxies -}}
{{- if .mirror -}}
{{- $entries = append $entries (dict "registry" .registry "mirror" .host "http" (empty .tls.existingSecret) "caSecret" .tls.existingSecret) -}}
{{- end -}}
{{- end -}}
{{- if .Values.localRegistry.enabled -}}
{{- $local := include "daemonless.localRegistry" . | fromYaml -}}
{{- $entries = append $entries (dict "mirror" $local.host "http" (empty $local.tls.existingSecret) "caSecret" $local.tls.existingSecret) -}}
{{- end -}}
{{- $mirrors := dict -}}
{{- $hosts := dict -}}
{{- range $entry := $entries -}}
{{- if $entry.registry -}}
{{- $_ := set $mirrors $entry.registry (append (default list (get $mirrors $entry.registry)) $entry.mirror) -}}
{{- end -}}
{{- $host := splitList "/" $entry.mirror | first -}}
{{- $how := dict "http" (default false $entry.http) "insecure" (default false $entry.insecure) "caSecret" (default "" $entry.caSecret) -}}
{{- if and (hasKey $hosts $host) (ne (toJson (get $hosts $host)) (toJson $how)) -}}
{{- fail (printf "buildkit.mirrors says twice how to reach %s, and differently: http, insecure and caSecret hold for the whole host. Write the same in each entry." $host) -}}
{{- end -}}
{{- $_ := set $hosts $host $how -}}
{{- end -}}
{{- toYaml (dict "mirrors" $mirrors "hosts" $hosts) -}}
{{- end -}}

{{- /* Their sections of buildkitd.toml, one for each name: TOML has no section twice. BuildKit takes how to reach a mirror
from the section of the mirror's own host, not from that of the registry it mirrors. */ -}}
{{- define "daemonless.buildkit.registryToml" -}}
{{- $registries := include "daemonless.buildkit.registries" . | fromYaml -}}
{{- range $name := concat (keys $registries.mirrors) (keys $registries.hosts) | uniq | sortAlpha }}

[registry.{{ $name | quote }}]
{{- with get $registries.mirrors $name }}
  mirrors = {{ toJson . }}
{{- end }}
{{- with get $registries.hosts $name }}
  http = {{ .http }}
  insecure = {{ .insecure }}
{{- if .caSecret }}
  ca = ["/mirrors/{{ .caSecret }}/ca.crt"]
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- /* The Secrets with authorities of mirrors, each once: a YAML list `secrets`. */ -}}
{{- define "daemonless.buildkit.mirrorSecrets" -}}
{{- $secrets := list -}}
{{- range (include "daemonless.buildkit.registries" . | fromYaml).hosts -}}
{{- if .caSecret -}}{{- $secrets = append $secrets .caSecret -}}{{- end -}}
{{- end -}}
{{- toYaml (dict "secrets" (uniq $secrets | sortAlpha)) -}}
{{- end -}}
