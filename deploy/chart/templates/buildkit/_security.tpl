{{- /* What each security profile asks of the pod. */ -}}
{{- define "daemonless.buildkit.podSecurity" -}}
{{- if eq .securityProfile "rootless" }}
securityContext:
  fsGroup: 1000
  # The default would change the mode of every file of the cache at each start.
  fsGroupChangePolicy: OnRootMismatch
{{- else if eq .securityProfile "userns" }}
hostUsers: false
{{- end }}
{{- end -}}

{{- /* allowPrivilegeEscalation stays unset for rootless: newuidmap is setuid. */ -}}
{{- define "daemonless.buildkit.containerSecurity" -}}
{{- if eq .pool.securityProfile "rootless" }}
securityContext:
  runAsUser: 1000
  runAsGroup: 1000
  seccompProfile:
    type: Unconfined
{{- if semverCompare ">=1.30.0-0" .root.Capabilities.KubeVersion.Version }}
  appArmorProfile:
    type: Unconfined
{{- end }}
{{- else }}
securityContext:
  privileged: true
{{- end }}
{{- end -}}

{{- /* Kubernetes before 1.30 takes AppArmor's profile from an annotation. */ -}}
{{- define "daemonless.buildkit.securityAnnotations" -}}
{{- if and (eq .pool.securityProfile "rootless") (semverCompare "<1.30.0-0" .root.Capabilities.KubeVersion.Version) }}
container.apparmor.security.beta.kubernetes.io/buildkitd: unconfined
{{- end }}
{{- end -}}

{{- /* An emptyDir is charged to the pod's ephemeral storage: asking for it keeps the pod from a node that has none. */ -}}
{{- define "daemonless.buildkit.resources" -}}
{{- $resources := deepCopy .resources -}}
{{- if eq .storage.kind "emptyDir" -}}
{{- $resources = mergeOverwrite $resources (dict "requests" (dict "ephemeral-storage" .storage.size) "limits" (dict "ephemeral-storage" .storage.size)) -}}
{{- end -}}
{{- toYaml $resources -}}
{{- end -}}

{{- define "daemonless.buildkit.claim" -}}
accessModes: [ReadWriteOnce]
{{- with .storage.className }}
storageClassName: {{ . }}
{{- end }}
resources:
  requests:
    storage: {{ .storage.size }}
{{- end -}}
