{{- /* Not empty where a test can reach the daemons: it needs a certificate of a client, or none. */ -}}
{{- define "daemonless.test.can" -}}
{{- if or (include "daemonless.buildkit.clientSecret" .) (eq .Values.buildkit.tls.mode "none") -}}yes{{- end -}}
{{- end -}}

{{- define "daemonless.test.repository" -}}
{{- if .Values.test.repository -}}{{- .Values.test.repository -}}
{{- else if .Values.localRegistry.enabled -}}{{- (include "daemonless.localRegistry" . | fromYaml).host }}/ci-helm-test
{{- end -}}
{{- end -}}

{{- define "daemonless.test.tag" -}}
{{- printf "%s-%d" .Release.Name (int .Release.Revision) -}}
{{- end -}}

{{- /* The pushed image as kubelet names it. */ -}}
{{- define "daemonless.test.pulled" -}}
{{- $port := int .Values.localRegistry.nodePort -}}
{{- if .Values.test.repository -}}
{{- .Values.test.repository }}:{{ include "daemonless.test.tag" . }}
{{- else if and .Values.localRegistry.enabled $port -}}
localhost:{{ $port }}/ci-helm-test:{{ include "daemonless.test.tag" . }}
{{- else -}}
{{- fail "test.runImage needs an image that kubelet can pull: set localRegistry.nodePort, or test.repository." -}}
{{- end -}}
{{- end -}}
