{{- /* One registry with its volume, Service and, where peers are named, its NetworkPolicy. Takes a dict: root, registry
(whole), component, files (of its ConfigMap). */ -}}
{{- define "daemonless.registry.labels" -}}
{{ include "daemonless.labels" .root }}
{{ include "daemonless.registry.own" . }}
{{- end -}}

{{- define "daemonless.registry.selector" -}}
{{ include "daemonless.selector" .root }}
{{ include "daemonless.registry.own" . }}
{{- end -}}

{{- define "daemonless.registry.own" -}}
app.kubernetes.io/component: {{ .component }}
daemonless.dev/registry: {{ .registry.object }}
{{- end -}}

{{- define "daemonless.registry.objects" -}}
{{- $registry := .registry }}
{{- $root := .root }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ $registry.object }}
  labels: {{- include "daemonless.registry.labels" . | nindent 4 }}
data:
{{- range $name, $text := .files }}
  {{ $name }}: |
{{ $text | indent 4 }}
{{- end }}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ $registry.object }}
  labels: {{- include "daemonless.registry.labels" . | nindent 4 }}
{{- with ($registry.serviceAccount).annotations }}
  annotations: {{- toYaml . | nindent 4 }}
{{- end }}
automountServiceAccountToken: false
---
apiVersion: v1
kind: Service
metadata:
  name: {{ $registry.object }}
  labels: {{- include "daemonless.registry.labels" . | nindent 4 }}
spec:
{{- if $registry.nodePort }}
  type: NodePort
{{- end }}
  selector: {{- include "daemonless.registry.selector" . | nindent 4 }}
  ports:
    - name: registry
      port: 5000
      targetPort: registry
{{- if $registry.nodePort }}
      nodePort: {{ int $registry.nodePort }}
{{- end }}
{{- if $registry.networkPolicy.from }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ $registry.object }}
  labels: {{- include "daemonless.registry.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels: {{- include "daemonless.registry.selector" . | nindent 6 }}
  policyTypes: [Ingress]
  ingress:
    - ports:
        - port: 5000
      from:
{{- include "daemonless.ownPods" $root | nindent 8 }}
{{- toYaml $registry.networkPolicy.from | nindent 8 }}
{{- end }}
---
{{ include "daemonless.registry.statefulSet" . }}
{{- end -}}
