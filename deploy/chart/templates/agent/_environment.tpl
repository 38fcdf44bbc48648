{{- /* What the entry script of deploy/agent-image is told. Takes a dict: root, agent (whole), placeholder (a name, or absent). */ -}}
{{- define "daemonless.agent.environment" -}}
{{- $agent := .agent -}}
{{- $variables := dict "AZP_URL" $agent.url "AZP_POOL" $agent.pool "AZP_WORK" "/azp/work" "AZP_IDLE_SECONDS" (int $agent.idleSeconds) "AZP_DRAIN_SECONDS" (int $agent.drainSeconds) "AZP_PODMAN" (ternary "none" "auto" (eq $agent.podmanProfile "none")) -}}
{{- $variables = merge $variables (include "daemonless.agent.signIn" .agent.auth | fromYaml) -}}
{{- if $agent.capabilities -}}
{{- $lines := list -}}
{{- range $name, $value := $agent.capabilities -}}{{- $lines = append $lines (printf "%s=%s" $name $value) -}}{{- end -}}
{{- $_ := set $variables "AZP_CAPABILITIES" (join "\n" $lines) -}}
{{- end -}}
{{- if $agent.attach.enabled -}}
{{- $endpoints := join "\n" $agent.attach.endpoints -}}
{{- $_ := set $variables "DAEMONLESS_ENDPOINTS" (default $endpoints (ternary "" (include "daemonless.buildkit.endpoints" .root) (not (empty $endpoints)))) -}}
{{- $_ := set $variables "DAEMONLESS_CONNECT_TIMEOUT" (int $agent.attach.connectTimeout) -}}
{{- if include "daemonless.agent.clientSecret" . -}}
{{- $_ := set $variables "DAEMONLESS_CA_CERT" "/run/secrets/buildkit/ca.crt" -}}
{{- $_ := set $variables "DAEMONLESS_CLIENT_CERT" "/run/secrets/buildkit/tls.crt" -}}
{{- $_ := set $variables "DAEMONLESS_CLIENT_KEY" "/run/secrets/buildkit/tls.key" -}}
{{- end -}}
{{- end -}}
{{- $variables = merge $variables $agent.environment -}}
- name: AZP_AGENT_NAME
{{- if .placeholder }}
  value: {{ .placeholder }}
- name: AZP_PLACEHOLDER
  value: 'true'
{{- else }}
  valueFrom:
    fieldRef:
      fieldPath: metadata.name
{{- end }}
{{- range $name, $value := $variables }}
- name: {{ $name }}
  value: {{ $value | toString | quote }}
{{- end }}
{{- end -}}

{{- /* Workload identity needs nothing: its webhook sets the variables and mounts the token. */ -}}
{{- define "daemonless.agent.signIn" -}}
{{- with .pat }}
AZP_TOKEN_FILE: /run/secrets/azp/{{ default "token" .key }}
{{- end }}
{{- with .servicePrincipal }}
AZP_CLIENT_ID: {{ .clientId | quote }}
AZP_TENANT_ID: {{ .tenantId | quote }}
AZP_CLIENT_SECRET_FILE: /run/secrets/azp/{{ default "secret" .key }}
{{- end }}
{{- end -}}

{{- define "daemonless.agent.secret" -}}
{{- with .pat }}{{ .existingSecret }}{{ end -}}
{{- with .servicePrincipal }}{{ .existingSecret }}{{ end -}}
{{- end -}}
