{{- /* The agents as a YAML map `agents`, each whole: with its defaults and names. Refuses what cannot work. */ -}}
{{- define "daemonless.agents" -}}
{{- include "daemonless.distinctNames" (dict "list" .Values.agents "where" "agents") -}}
{{- $agents := list -}}
{{- range .Values.agents -}}
{{- $where := printf "agents[%s]" .name -}}
{{- $agent := include "daemonless.merged" (dict "base" (merge (dict "architecture" "amd64" "replicas" 1) $.Values.agentDefaults) "over" .) | fromYaml -}}
{{- if .auth -}}{{- $_ := set $agent "auth" .auth -}}{{- end -}}
{{- if not $agent.url -}}
{{- fail (printf "%s.url is empty: write the organization, e.g. https://dev.azure.com/contoso, here or in agentDefaults." $where) -}}
{{- end -}}
{{- if not $agent.image.repository -}}
{{- fail (printf "%s.image.repository is empty: build deploy/agent-image (examples/agent-image) and name where you pushed it." $where) -}}
{{- end -}}
{{- $ways := keys $agent.auth | sortAlpha -}}
{{- if not $ways -}}
{{- fail (printf "%s.auth is empty: an agent signs in by pat, servicePrincipal or workloadIdentity." $where) -}}
{{- end -}}
{{- if gt (len $ways) 1 -}}
{{- fail (printf "%s.auth has %s: an agent signs in by one of them. Remove the others." $where (join " and " $ways)) -}}
{{- end -}}
{{- if and (eq $agent.kind "scaledJob") $agent.auth.servicePrincipal -}}
{{- fail (printf "%s: KEDA, which counts waiting jobs, signs in by pat or workloadIdentity, not by servicePrincipal. Use one of those, or kind deployment." $where) -}}
{{- end -}}
{{- if gt (int $agent.scaling.minReplicas) (int $agent.scaling.maxReplicas) -}}
{{- fail (printf "%s.scaling: minReplicas (%d) is above maxReplicas (%d)." $where (int $agent.scaling.minReplicas) (int $agent.scaling.maxReplicas)) -}}
{{- end -}}
{{- if and (eq $agent.podmanProfile "userns") (semverCompare "<1.30.0-0" $.Capabilities.KubeVersion.Version) -}}
{{- fail (printf "%s.podmanProfile is userns, which Kubernetes has from 1.30 on (by default from 1.33); this is %s. Use privileged or rootless." $where $.Capabilities.KubeVersion.Version) -}}
{{- end -}}
{{- if $agent.attach.enabled -}}{{- include "daemonless.agent.checkAttach" (dict "root" $ "agent" $agent "where" $where) -}}{{- end -}}
{{- $_ := set $agent "object" (printf "%s-agent-%s" (include "daemonless.name" $) .name) -}}
{{- $_ := set $agent "template" (printf "template-%s-%s" $.Release.Name .name) -}}
{{- $agents = append $agents $agent -}}
{{- end -}}
{{- toYaml (dict "agents" $agents) -}}
{{- end -}}

{{- define "daemonless.agent.checkAttach" -}}
{{- $buildkit := .root.Values.buildkit -}}
{{- $attach := .agent.attach -}}
{{- if not (or $buildkit.enabled $attach.endpoints) -}}
{{- fail (printf "%s.attach: this chart installs no BuildKit (buildkit.enabled is false). List attach.endpoints, or set attach.enabled to false." .where) -}}
{{- end -}}
{{- if and (not $attach.endpoints) (not $attach.clientSecret) (eq $buildkit.tls.mode "existing") (not $buildkit.tls.existing.clientSecret) -}}
{{- fail (printf "%s.attach: daemons ask for a client certificate. Name its Secret in buildkit.tls.existing.clientSecret or in attach.clientSecret." .where) -}}
{{- end -}}
{{- end -}}

{{- /* The Secret with this chart's client certificate; empty with plain TCP. */ -}}
{{- define "daemonless.buildkit.clientSecret" -}}
{{- $tls := .Values.buildkit.tls -}}
{{- if eq $tls.mode "existing" -}}{{- $tls.existing.clientSecret -}}
{{- else if ne $tls.mode "none" -}}{{- include "daemonless.name" . }}-buildkit-client
{{- end -}}
{{- end -}}

{{- define "daemonless.agent.clientSecret" -}}
{{- $attach := .agent.attach -}}
{{- if and $attach.enabled $attach.clientSecret -}}{{- $attach.clientSecret -}}
{{- else if and $attach.enabled (not $attach.endpoints) -}}{{- include "daemonless.buildkit.clientSecret" .root -}}
{{- end -}}
{{- end -}}

{{- /* Endpoints of the pools, one a line, as SetupBuildkitBuilder takes them. */ -}}
{{- define "daemonless.buildkit.endpoints" -}}
{{- $lines := list -}}
{{- range (include "daemonless.buildkit.pools" . | fromYaml).pools -}}
{{- $lines = append $lines (printf "srv+tcp://_grpc._tcp.%s.%s.svc.%s" (include "daemonless.buildkit.name" (dict "root" $ "pool" .)) $.Release.Namespace $.Values.clusterDomain) -}}
{{- end -}}
{{- join "\n" $lines -}}
{{- end -}}

{{- define "daemonless.agent.labels" -}}
{{ include "daemonless.labels" .root }}
app.kubernetes.io/component: agent
daemonless.dev/agent: {{ .agent.name | quote }}
{{- if .agent.auth.workloadIdentity }}
azure.workload.identity/use: 'true'
{{- end }}
{{- end -}}
