{{- /* The pools as a YAML map `pools`, each with what it does not say itself taken from buildkit.*. Refuses, with a
sentence, what cannot work. */ -}}
{{- define "daemonless.buildkit.pools" -}}
{{- $shared := pick .Values.buildkit "securityProfile" "storage" "gc" "maxParallelism" "resources" "autoscaling" "nodeSelector" "tolerations" "runtimeClassName" -}}
{{- $pools := list -}}
{{- include "daemonless.distinctNames" (dict "list" .Values.buildkit.pools "where" "buildkit.pools") -}}
{{- range .Values.buildkit.pools -}}
{{- $pool := include "daemonless.merged" (dict "base" (merge (dict "replicas" 1) $shared) "over" .) | fromYaml -}}
{{- $where := printf "buildkit.pools[%s]" .name -}}
{{- $size := include "daemonless.bytes" (dict "text" $pool.storage.size "where" (printf "%s.storage.size" $where)) | int64 -}}
{{- $_ := set $pool "bytes" (toString $size) -}}
{{- $_ := set $pool "gcBytes" (include "daemonless.buildkit.gc" (dict "gc" $pool.gc "kind" $pool.storage.kind "size" $size "where" (printf "%s.gc" $where)) | fromYaml) -}}
{{- $cpu := (($pool.resources).limits).cpu | default 0 | toString -}}
{{- if not $pool.maxParallelism -}}
{{- $cores := ternary (div (trimSuffix "m" $cpu | int64) 1000) (int64 $cpu) (hasSuffix "m" $cpu) -}}
{{- $_ := set $pool "maxParallelism" (max 4 $cores) -}}
{{- end -}}
{{- if and (eq $pool.securityProfile "userns") (semverCompare "<1.30.0-0" $.Capabilities.KubeVersion.Version) -}}
{{- fail (printf "%s.securityProfile is userns, which Kubernetes has from 1.30 on (by default from 1.33); this is %s, which would leave the namespace out and run privileged. Use rootless." $where $.Capabilities.KubeVersion.Version) -}}
{{- end -}}
{{- $scaling := $pool.autoscaling -}}
{{- if and (ne $scaling.kind "none") (gt (int $scaling.minReplicas) (int $scaling.maxReplicas)) -}}
{{- fail (printf "%s.autoscaling: minReplicas (%d) is above maxReplicas (%d)." $where (int $scaling.minReplicas) (int $scaling.maxReplicas)) -}}
{{- end -}}
{{- if and (ne $scaling.kind "none") (not $.Values.buildkit.metrics.enabled) -}}
{{- fail (printf "%s.autoscaling counts running builds, which buildkit.metrics shows: set buildkit.metrics.enabled to true." $where) -}}
{{- end -}}
{{- if and (eq $scaling.kind "keda") (not $scaling.prometheusAddress) -}}
{{- fail (printf "%s.autoscaling: KEDA reads the running builds from Prometheus: set prometheusAddress, e.g. http://prometheus.monitoring.svc:9090." $where) -}}
{{- end -}}
{{- $pools = append $pools $pool -}}
{{- end -}}
{{- if not $pools -}}
{{- fail "buildkit.pools is empty: name at least one pool, or set buildkit.enabled to false." -}}
{{- end -}}
{{- toYaml (dict "pools" $pools) -}}
{{- end -}}

{{- /* Bytes of the collector's sizes. They are absolute: a share in buildkitd.toml would be one of the whole file system, which
for an emptyDir is the node's disk (BuildKit reads its size when it starts), and kubelet would evict the pod first. */ -}}
{{- define "daemonless.buildkit.gc" -}}
{{- $ceilingText := default (ternary "60%" "70%" (eq .kind "emptyDir")) .gc.ceiling -}}
{{- $ceiling := include "daemonless.share" (dict "text" $ceilingText "of" .size "where" (printf "%s.ceiling" .where)) | int64 -}}
{{- $reserved := include "daemonless.share" (dict "text" .gc.reserved "of" .size "where" (printf "%s.reserved" .where)) | int64 -}}
{{- $free := include "daemonless.share" (dict "text" .gc.free "of" .size "where" (printf "%s.free" .where)) | int64 -}}
{{- if le $ceiling 0 -}}
{{- fail (printf "%s.ceiling is %s: without a ceiling the cache grows until the volume is full. Write e.g. 70%%." .where $ceilingText) -}}
{{- end -}}
{{- $most := ternary 60 90 (eq .kind "emptyDir") -}}
{{- if gt $ceiling (div (mul .size $most) 100) -}}
{{- fail (printf "%s.ceiling is %s: that is more than %d%% of the %s. Collection never runs during a build, so the rest is room for running builds." .where $ceilingText $most (ternary "sizeLimit, beyond which kubelet evicts the pod" "volume" (eq .kind "emptyDir"))) -}}
{{- end -}}
{{- if gt $reserved $ceiling -}}
{{- fail (printf "%s.reserved (%s) is above the ceiling (%s): nothing could ever be collected." .where (toString .gc.reserved) $ceilingText) -}}
{{- end -}}
{{- if gt (add $free $reserved) .size -}}
{{- fail (printf "%s: free (%s) and reserved (%s) together are more than the volume." .where (toString .gc.free) (toString .gc.reserved)) -}}
{{- end -}}
{{- toYaml (dict "ceiling" (toString $ceiling) "reserved" (toString $reserved) "free" (toString $free)) -}}
{{- end -}}

{{- define "daemonless.buildkit.name" -}}
{{ include "daemonless.name" .root }}-buildkit-{{ .pool.name }}
{{- end -}}

{{- define "daemonless.buildkit.selector" -}}
{{ include "daemonless.selector" .root }}
app.kubernetes.io/component: buildkit
daemonless.dev/pool: {{ .pool.name | quote }}
{{- end -}}

{{- define "daemonless.buildkit.labels" -}}
{{ include "daemonless.labels" .root }}
app.kubernetes.io/component: buildkit
daemonless.dev/pool: {{ .pool.name | quote }}
{{- end -}}

{{- /* Where things lie, by security profile: the official rootless image runs as user 1000. */ -}}
{{- define "daemonless.buildkit.places" -}}
{{- if eq .securityProfile "rootless" -}}
root: /home/user/.local/share/buildkit
socket: /run/user/1000/buildkit/buildkitd.sock
run: /run/user/1000
{{- else -}}
root: /var/lib/buildkit
socket: /run/buildkit/buildkitd.sock
run: /run/buildkit
{{- end -}}
{{- end -}}
