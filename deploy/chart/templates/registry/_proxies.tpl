{{- /* The proxies as a YAML map `proxies`, each whole: with its defaults, names and sizes. Refuses what cannot work. */ -}}
{{- define "daemonless.proxies" -}}
{{- include "daemonless.distinctNames" (dict "list" .Values.proxies "where" "proxies") -}}
{{- $mirrored := dict -}}
{{- $proxies := list -}}
{{- range .Values.proxies -}}
{{- $where := printf "proxies[%s]" .name -}}
{{- $proxy := include "daemonless.merged" (dict "base" $.Values.proxyDefaults "over" .) | fromYaml -}}
{{- $defaults := dict "mirror" true "auth" (dict "existingSecret" "") "tls" (dict "existingSecret" "") "upstream" (printf "https://%s" (ternary "registry-1.docker.io" .registry (eq .registry "docker.io"))) -}}
{{- $proxy = include "daemonless.merged" (dict "base" $defaults "over" $proxy) | fromYaml -}}
{{- if and $proxy.mirror (hasKey $mirrored .registry) -}}
{{- fail (printf "proxies[%s] and %s are both mirrors of %s: each would keep the same images. Set mirror to false for one of them." (get $mirrored .registry) $where .registry) -}}
{{- end -}}
{{- if $proxy.mirror -}}{{- $_ := set $mirrored .registry .name -}}{{- end -}}
{{- if hasKey . "credentials" -}}
{{- if and .credentials.existingSecret .credentials.helper -}}
{{- fail (printf "%s.credentials has existingSecret and helper: the proxy can log in by one only. Remove the other." $where) -}}
{{- end -}}
{{- if not (or .credentials.existingSecret .credentials.helper) -}}
{{- fail (printf "%s.credentials is empty: name an existingSecret with username and password, or a helper; without credentials leave it out." $where) -}}
{{- end -}}
{{- if not (or $proxy.auth.existingSecret $proxy.networkPolicy.from) -}}
{{- fail (printf "%s has credentials: whoever reaches it could pull private images of %s without a login. Set auth.existingSecret, or list who may under networkPolicy.from." $where .registry) -}}
{{- end -}}
{{- end -}}
{{- $size := include "daemonless.bytes" (dict "text" $proxy.storage.size "where" (printf "%s.storage.size" $where)) | int64 -}}
{{- $ceiling := include "daemonless.share" (dict "text" $proxy.wipe.ceiling "of" $size "where" (printf "%s.wipe.ceiling" $where)) | int64 -}}
{{- if or (le $ceiling 0) (gt $ceiling (div (mul $size 95) 100)) -}}
{{- fail (printf "%s.wipe.ceiling is %s of a volume of %s: write more than nothing and at most 95%%, the rest is room until the next wipe." $where (toString $proxy.wipe.ceiling) $proxy.storage.size) -}}
{{- end -}}
{{- $_ := set $proxy "ceilingKib" (div $ceiling 1024 | toString) -}}
{{- $_ := set $proxy "object" (printf "%s-proxy-%s" (include "daemonless.name" $) .name) -}}
{{- $_ := set $proxy "host" (printf "%s.%s.svc:5000" $proxy.object $.Release.Namespace) -}}
{{- $proxies = append $proxies $proxy -}}
{{- end -}}
{{- toYaml (dict "proxies" $proxies) -}}
{{- end -}}

{{- /* The local registry, whole, as one of the map's entries is. */ -}}
{{- define "daemonless.localRegistry" -}}
{{- $local := deepCopy .Values.localRegistry -}}
{{- if and $local.nodePort (lt (int $local.nodePort) 30000) -}}
{{- fail (printf "localRegistry.nodePort is %d: Kubernetes gives ports from 30000 on. Write 0 for none." (int $local.nodePort)) -}}
{{- end -}}
{{- if and (eq $local.engine "zot") (not $local.retention.repositories) -}}
{{- fail "localRegistry.retention.repositories is empty: nothing would ever go. Name globs such as ci-*, or use engine distribution." -}}
{{- end -}}
{{- $_ := set $local "object" (printf "%s-registry" (include "daemonless.name" .)) -}}
{{- $_ := set $local "host" (printf "%s.%s.svc:5000" $local.object .Release.Namespace) -}}
{{- toYaml $local -}}
{{- end -}}
