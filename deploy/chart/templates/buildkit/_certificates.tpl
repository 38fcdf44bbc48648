{{- /* Every name clients may know a daemon by. A YAML list `names`. */ -}}
{{- define "daemonless.buildkit.serverNames" -}}
{{- $namespace := .Release.Namespace -}}
{{- $names := list "localhost" -}}
{{- range (include "daemonless.buildkit.pools" . | fromYaml).pools -}}
{{- $service := include "daemonless.buildkit.name" (dict "root" $ "pool" .) -}}
{{- $within := printf "%s.%s" $service $namespace -}}
{{- $whole := printf "%s.svc.%s" $within $.Values.clusterDomain -}}
{{- $names = concat $names (list $service $within (printf "%s.svc" $within) $whole (printf "*.%s" $service) (printf "*.%s.svc" $within) (printf "*.%s" $whole)) -}}
{{- end -}}
{{- toYaml (dict "names" $names) -}}
{{- end -}}

{{- define "daemonless.buildkit.serverSecret" -}}
{{- if eq .Values.buildkit.tls.mode "existing" -}}
{{- .Values.buildkit.tls.existing.serverSecret -}}
{{- else -}}
{{- include "daemonless.name" . }}-buildkit-server
{{- end -}}
{{- end -}}

{{- /* What a generated certificate is made of: it is made anew, and the pods roll, when this changes. */ -}}
{{- define "daemonless.buildkit.certificateInputs" -}}
{{- $tls := .Values.buildkit.tls -}}
{{- if eq $tls.mode "generated" -}}
{{- printf "%d %d %s" (int $tls.revision) (int $tls.validityDays) (include "daemonless.buildkit.serverNames" .) -}}
{{- else -}}
{{- printf "%s %s" $tls.mode $tls.existing.serverSecret -}}
{{- end -}}
{{- end -}}
