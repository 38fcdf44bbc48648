{{- /* Two maps as one, as YAML: what `over` says wins, also false, 0 and "" (mergeOverwrite passes over those). */ -}}
{{- define "daemonless.merged" -}}
{{- $result := deepCopy .base -}}
{{- range $name, $value := .over -}}
{{- $old := get $result $name -}}
{{- if and (kindIs "map" $value) (kindIs "map" $old) -}}
{{- $value = include "daemonless.merged" (dict "base" $old "over" $value) | fromYaml -}}
{{- end -}}
{{- $_ := set $result $name $value -}}
{{- end -}}
{{- toYaml $result -}}
{{- end -}}

{{- /* Refuses two entries of a list with one name. Takes a dict: list, where. */ -}}
{{- define "daemonless.distinctNames" -}}
{{- $names := dict -}}
{{- $where := .where -}}
{{- range .list -}}
{{- if hasKey $names .name -}}
{{- fail (printf "%s: two entries have the name %q. Each needs its own: it becomes part of the names of its objects." $where .name) -}}
{{- end -}}
{{- $_ := set $names .name true -}}
{{- end -}}
{{- end -}}

{{- /* The pods of this release, which policies always let in. */ -}}
{{- define "daemonless.ownPods" -}}
- podSelector:
    matchLabels: {{- include "daemonless.selector" . | nindent 6 }}
{{- end -}}

{{- /* Placement of a part that says nodeSelector and tolerations. */ -}}
{{- define "daemonless.placement" -}}
nodeSelector:
  kubernetes.io/os: linux
{{- with .nodeSelector }}
{{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- /* An image by its value, or BuildKit's where its repository is empty. Takes a dict: root, image. */ -}}
{{- define "daemonless.imageOrBuildkit" -}}
{{- if .image.repository -}}
{{ .image.repository }}:{{ default "latest" .image.tag }}
{{- else -}}
{{ .root.Values.buildkit.image.repository }}:{{ default .root.Chart.AppVersion .root.Values.buildkit.image.tag }}
{{- end -}}
{{- end -}}
