{{- /* What each Podman profile asks of the pod (docs/guides/podman-in-pods.md). */ -}}
{{- define "daemonless.agent.podSecurity" -}}
{{- if eq .podmanProfile "userns" }}
hostUsers: false
{{- end }}
securityContext:
  fsGroup: 1000
  fsGroupChangePolicy: OnRootMismatch
{{- end -}}

{{- define "daemonless.agent.containerSecurity" -}}
{{- $profile := .agent.podmanProfile -}}
securityContext:
{{- if eq $profile "none" }}
  runAsUser: 1000
  runAsGroup: 1000
  runAsNonRoot: true
  allowPrivilegeEscalation: false
  capabilities:
    drop: [ALL]
  seccompProfile:
    type: RuntimeDefault
{{- else if eq $profile "privileged" }}
  runAsUser: 0
  privileged: true
{{- else }}
{{- if eq $profile "userns" }}
  runAsUser: 0
  procMount: Unmasked
  capabilities:
    add: [SYS_ADMIN, NET_ADMIN, SETUID, SETGID]
{{- else }}
  # allowPrivilegeEscalation stays unset: newuidmap is setuid.
  runAsUser: 1000
  runAsGroup: 1000
{{- end }}
  seccompProfile:
    type: Unconfined
{{- if semverCompare ">=1.30.0-0" .root.Capabilities.KubeVersion.Version }}
  appArmorProfile:
    type: Unconfined
{{- end }}
{{- end }}
{{- end -}}

{{- /* Podman's storage: never on the container's own overlay. */ -}}
{{- define "daemonless.agent.storagePath" -}}
{{- ternary "/home/agent/.local/share/containers" "/var/lib/containers" (eq .podmanProfile "rootless") -}}
{{- end -}}
