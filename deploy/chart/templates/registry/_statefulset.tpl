{{- define "daemonless.registry.statefulSet" -}}
{{- $registry := .registry -}}
{{- $isZot := eq (default "" $registry.engine) "zot" -}}
{{- $image := ternary $registry.image .root.Values.registryImage $isZot -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ $registry.object }}
  labels: {{- include "daemonless.registry.labels" . | nindent 4 }}
spec:
  serviceName: {{ $registry.object }}
  replicas: 1
  selector:
    matchLabels: {{- include "daemonless.registry.selector" . | nindent 6 }}
  template:
    metadata:
      labels: {{- include "daemonless.registry.labels" . | nindent 8 }}
{{- with $registry.podLabels }}
{{- toYaml . | nindent 8 }}
{{- end }}
      annotations:
        checksum/files: {{ .files | toJson | sha256sum }}
    spec:
      serviceAccountName: {{ $registry.object }}
      automountServiceAccountToken: false
{{- include "daemonless.pullSecrets" .root | nindent 6 }}
{{- include "daemonless.placement" $registry | nindent 6 }}
      securityContext:
        runAsUser: {{ int $registry.runAsUser }}
        runAsGroup: {{ int $registry.runAsUser }}
        fsGroup: {{ int $registry.runAsUser }}
        fsGroupChangePolicy: OnRootMismatch
        seccompProfile:
          type: RuntimeDefault
{{- with ($registry.credentials).helper }}
      initContainers:
        - name: helper
          image: {{ .image }}
          command: {{- toYaml .copy | nindent 12 }}
          securityContext:
            allowPrivilegeEscalation: false
            capabilities:
              drop: [ALL]
          volumeMounts:
            - name: helpers
              mountPath: /helpers
{{- end }}
      containers:
        - name: registry
          image: {{ $image.repository }}:{{ $image.tag }}
          imagePullPolicy: {{ $image.pullPolicy }}
{{- if $isZot }}
          args: [serve, /etc/daemonless/config.json]
{{- else }}
          command: [/bin/sh, /scripts/start.sh]
{{- end }}
{{- include "daemonless.registry.container" . | nindent 10 }}
      volumes:
{{- include "daemonless.registry.volumes" $registry | nindent 8 }}
  volumeClaimTemplates:
    - metadata:
        name: storage
      spec: {{- include "daemonless.buildkit.claim" $registry | nindent 8 }}
{{- end -}}

{{- define "daemonless.registry.container" -}}
{{- $registry := .registry -}}
{{- $isZot := eq (default "" $registry.engine) "zot" -}}
env:
  # Otherwise it sends traces to a collector that nobody runs.
  - name: OTEL_TRACES_EXPORTER
    value: none
{{- range $name, $value := .environment }}
  - name: {{ $name }}
    value: {{ $value | quote }}
{{- end }}
ports:
  - name: registry
    containerPort: 5000
securityContext:
  allowPrivilegeEscalation: false
  capabilities:
    drop: [ALL]
readinessProbe:
  httpGet:
    path: {{ ternary "/readyz" "/" $isZot }}
    port: registry
    scheme: {{ ternary "HTTPS" "HTTP" (not (empty $registry.tls.existingSecret)) }}
  periodSeconds: 5
  timeoutSeconds: 10
livenessProbe:
{{- if $isZot }}
  httpGet:
    path: /livez
    port: registry
    scheme: {{ ternary "HTTPS" "HTTP" (not (empty $registry.tls.existingSecret)) }}
{{- else }}
  exec:
    command: [/bin/sh, /scripts/alive.sh]
{{- end }}
  periodSeconds: 60
  timeoutSeconds: 30
  failureThreshold: 3
# Collecting takes its time before the registry answers.
startupProbe:
  tcpSocket:
    port: registry
  periodSeconds: 2
  failureThreshold: 1800
resources: {{- toYaml $registry.resources | nindent 2 }}
volumeMounts:
  - name: storage
    mountPath: /var/lib/registry
  - name: configuration
    mountPath: /etc/daemonless
  - name: run
    mountPath: /run/daemonless
{{- if not $isZot }}
  - name: scripts
    mountPath: /scripts
{{- end }}
{{- range $name, $path := dict "certificates" $registry.tls.existingSecret "passwords" $registry.auth.existingSecret "credentials" (($registry.credentials).existingSecret) }}
{{- if $path }}
  - name: {{ $name }}
    mountPath: /{{ $name }}
    readOnly: true
{{- end }}
{{- end }}
{{- if ($registry.credentials).helper }}
  - name: helpers
    mountPath: /helpers
{{- end }}
{{- end -}}

{{- define "daemonless.registry.volumes" -}}
- name: configuration
  configMap:
    name: {{ .object }}
- name: run
  emptyDir: {}
{{- if .scripts }}
- name: scripts
  configMap:
    name: {{ .scripts }}
    # The registry starts one of them as a program.
    defaultMode: 0555
{{- end }}
{{- range $name, $secret := dict "certificates" .tls.existingSecret "passwords" .auth.existingSecret "credentials" ((.credentials).existingSecret) }}
{{- if $secret }}
- name: {{ $name }}
  secret:
    secretName: {{ $secret }}
    defaultMode: 0440
{{- end }}
{{- end }}
{{- if (.credentials).helper }}
- name: helpers
  emptyDir: {}
{{- end }}
{{- end -}}
