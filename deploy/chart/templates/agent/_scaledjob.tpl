{{- /* A ScaledJob: KEDA's ScaledObject would scale busy agents away, as it counts waiting jobs only. */ -}}
{{- define "daemonless.agent.scaledJob" -}}
{{- $agent := .agent -}}
apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata:
  name: {{ $agent.object }}
  labels: {{- include "daemonless.agent.labels" . | nindent 4 }}
spec:
{{- with $agent.auth.pat }}
  secretTargetRef:
    - parameter: personalAccessToken
      name: {{ .existingSecret }}
      key: {{ default "token" .key }}
{{- end }}
{{- with $agent.auth.workloadIdentity }}
  podIdentity:
    provider: azure-workload
    identityId: {{ .clientId | quote }}
{{- end }}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledJob
metadata:
  name: {{ $agent.object }}
  labels: {{- include "daemonless.agent.labels" . | nindent 4 }}
spec:
  pollingInterval: {{ int $agent.scaling.pollingInterval }}
  minReplicaCount: {{ int $agent.scaling.minReplicas }}
  maxReplicaCount: {{ int $agent.scaling.maxReplicas }}
  successfulJobsHistoryLimit: 3
  failedJobsHistoryLimit: 5
  # An upgrade leaves running agents their jobs.
  rollout:
    strategy: gradual
  scalingStrategy:
    strategy: accurate
  jobTargetRef:
    backoffLimit: 0
    ttlSecondsAfterFinished: 3600
    activeDeadlineSeconds: {{ int $agent.scaling.activeDeadlineSeconds }}
    template: {{- include "daemonless.agent.pod" (merge (dict "arguments" (list "--once") "restartPolicy" "Never") .) | nindent 6 }}
  triggers:
    - type: azure-pipelines
      metadata:
        poolName: {{ $agent.pool | quote }}
        organizationURLFromEnv: AZP_URL
{{- if $agent.scaling.template }}
        parent: {{ $agent.template }}
{{- end }}
      authenticationRef:
        name: {{ $agent.object }}
{{- if $agent.scaling.template }}
---
# Registers the template and ends. Azure DevOps refuses jobs for a pool in which no agent, not even one that is offline, fits.
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ $agent.object }}-template
  labels: {{- include "daemonless.agent.labels" . | nindent 4 }}
  annotations:
    helm.sh/hook: post-install,post-upgrade
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
spec:
  backoffLimit: 3
  activeDeadlineSeconds: 600
  template: {{- include "daemonless.agent.pod" (merge (dict "arguments" list "restartPolicy" "Never" "placeholder" $agent.template) .) | nindent 4 }}
{{- end }}
{{- end -}}
