{{- /* buildkitd.toml of a pool (docs/buildkitd.toml.md in BuildKit). Takes a dict: root (the chart's context), pool. */ -}}
{{- define "daemonless.buildkit.toml" -}}
{{- $buildkit := .root.Values.buildkit -}}
{{- $places := include "daemonless.buildkit.places" .pool | fromYaml -}}
root = {{ $places.root | quote }}

[grpc]
  address = [{{ printf "unix://%s" $places.socket | quote }}, {{ printf "tcp://0.0.0.0:%d" (int $buildkit.port) | quote }}]
{{- if $buildkit.metrics.enabled }}
  debugAddress = "0.0.0.0:6060"
{{- end }}
{{- if ne $buildkit.tls.mode "none" }}
  [grpc.tls]
    cert = "/certificates/tls.crt"
    key = "/certificates/tls.key"
    ca = "/certificates/ca.crt"
{{- end }}

[worker.oci]
  max-parallelism = {{ int .pool.maxParallelism }}
  gc = true
{{- if eq .pool.securityProfile "rootless" }}
  rootless = true
  noProcessSandbox = true
{{- end }}
  # Sizes stand in the rules alone: with any rule, BuildKit passes over the sizes of the worker.
  [[worker.oci.gcpolicy]]
    filters = ["type==source.local", "type==exec.cachemount", "type==source.git.checkout"]
    keepDuration = {{ .pool.gc.idleMountsFor | quote }}
  [[worker.oci.gcpolicy]]
    keepDuration = {{ .pool.gc.unusedFor | quote }}
  [[worker.oci.gcpolicy]]
    reservedSpace = {{ .pool.gcBytes.reserved }}
    maxUsedSpace = {{ .pool.gcBytes.ceiling }}
    minFreeSpace = {{ .pool.gcBytes.free }}
  [[worker.oci.gcpolicy]]
    all = true
    reservedSpace = {{ .pool.gcBytes.reserved }}
    maxUsedSpace = {{ .pool.gcBytes.ceiling }}
    minFreeSpace = {{ .pool.gcBytes.free }}

[worker.containerd]
  enabled = false

[system]
  maxRegistryConcurrency = {{ int $buildkit.maxRegistryConcurrency }}

[history]
  maxAge = {{ $buildkit.history.maxAge | quote }}
  maxEntries = {{ int $buildkit.history.maxEntries }}
{{- include "daemonless.buildkit.registryToml" .root }}
{{- end -}}
