{{- /* Pod of an agent. Takes a dict: root, agent (whole), arguments (list), restartPolicy, placeholder (the name to register
and leave, instead of running). */ -}}
{{- define "daemonless.agent.pod" -}}
{{- $agent := .agent -}}
{{- $clientSecret := include "daemonless.agent.clientSecret" . -}}
{{- $secret := include "daemonless.agent.secret" $agent.auth -}}
metadata:
  labels: {{- include "daemonless.agent.labels" . | nindent 4 }}
  annotations:
    cluster-autoscaler.kubernetes.io/safe-to-evict: 'false'
    karpenter.sh/do-not-disrupt: 'true'
{{- if and (eq $agent.podmanProfile "rootless") (semverCompare "<1.30.0-0" .root.Capabilities.KubeVersion.Version) }}
    container.apparmor.security.beta.kubernetes.io/agent: unconfined
{{- end }}
{{- if $agent.hooks }}
    checksum/hooks: {{ $agent.hooks | toJson | sha256sum }}
{{- end }}
spec:
  serviceAccountName: {{ $agent.object }}
  automountServiceAccountToken: false
  restartPolicy: {{ .restartPolicy }}
  # After the job: 90 seconds to unregister.
  terminationGracePeriodSeconds: {{ add (int $agent.drainSeconds) 90 }}
{{- include "daemonless.pullSecrets" .root | nindent 2 }}
{{- with $agent.priorityClassName }}
  priorityClassName: {{ . }}
{{- end }}
{{- with $agent.runtimeClassName }}
  runtimeClassName: {{ . }}
{{- end }}
{{- $selector := merge (dict "kubernetes.io/arch" $agent.architecture) $agent.nodeSelector }}
{{- include "daemonless.placement" (dict "nodeSelector" $selector "tolerations" $agent.tolerations) | nindent 2 }}
{{- include "daemonless.agent.podSecurity" $agent | nindent 2 }}
  containers:
    - name: agent
      image: {{ $agent.image.repository }}:{{ default "latest" $agent.image.tag }}
      imagePullPolicy: {{ $agent.image.pullPolicy }}
      args: {{ toJson .arguments }}
      env:
{{- include "daemonless.agent.environment" . | nindent 8 }}
{{- include "daemonless.agent.containerSecurity" . | nindent 6 }}
      readinessProbe:
        exec:
          command: [test, -e, /azp/agent/.agent]
        periodSeconds: 5
      resources: {{- toYaml $agent.resources | nindent 8 }}
      volumeMounts:
        - name: work
          mountPath: /azp/work
{{- if ne $agent.podmanProfile "none" }}
        - name: podman
          mountPath: {{ include "daemonless.agent.storagePath" $agent }}
{{- end }}
{{- if $secret }}
        - name: sign-in
          mountPath: /run/secrets/azp
          readOnly: true
{{- end }}
{{- if $clientSecret }}
        - name: buildkit
          mountPath: /run/secrets/buildkit
          readOnly: true
{{- end }}
{{- if $agent.hooks }}
        - name: hooks
          mountPath: /etc/agent-image/entrypoint.d
{{- end }}
  volumes:
{{- include "daemonless.agent.ephemeral" (dict "name" "work" "claim" $agent.workspace) | nindent 4 }}
{{- if ne $agent.podmanProfile "none" }}
{{- include "daemonless.agent.ephemeral" (dict "name" "podman" "claim" $agent.podmanStorage) | nindent 4 }}
{{- end }}
{{- range $name, $path := dict "sign-in" $secret "buildkit" $clientSecret }}
{{- if $path }}
    - name: {{ $name }}
      secret:
        secretName: {{ $path }}
        # The agent's group reads it, nobody else.
        defaultMode: 0440
{{- end }}
{{- end }}
{{- if $agent.hooks }}
    - name: hooks
      configMap:
        name: {{ $agent.object }}
{{- end }}
{{- end -}}

{{- define "daemonless.agent.ephemeral" -}}
- name: {{ .name }}
  ephemeral:
    volumeClaimTemplate:
      spec: {{- include "daemonless.buildkit.claim" (dict "storage" .claim) | nindent 8 }}
{{- end -}}
