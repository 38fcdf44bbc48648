{{- /* Bytes of a Kubernetes quantity ("100Gi", "20G", "1024"). Fails with the value's name on anything else.
Takes a dict: text, where. */ -}}
{{- define "daemonless.bytes" -}}
{{- $text := toString .text -}}
{{- if not (regexMatch "^[0-9]+(Ki|Mi|Gi|Ti|k|M|G|T)?$" $text) -}}
{{- fail (printf "%s: expected a size such as 100Gi, found %q." .where $text) -}}
{{- end -}}
{{- $number := regexFind "^[0-9]+" $text | int64 -}}
{{- $unit := regexFind "[A-Za-z]+$" $text -}}
{{- $factors := dict "" 1 "k" 1000 "M" 1000000 "G" 1000000000 "T" 1000000000000 "Ki" 1024 "Mi" 1048576 "Gi" 1073741824 "Ti" 1099511627776 -}}
{{- mul $number (get $factors $unit | int64) -}}
{{- end -}}

{{- /* Bytes of a share ("20%") of a volume, or of a quantity. Takes a dict: text, of (bytes), where. */ -}}
{{- define "daemonless.share" -}}
{{- $text := toString .text -}}
{{- if hasSuffix "%" $text -}}
{{- $percent := trimSuffix "%" $text | int64 -}}
{{- if or (not (regexMatch "^[0-9]{1,3}%$" $text)) (gt $percent 100) -}}
{{- fail (printf "%s: expected a share from 0%% to 100%% or a size, found %q." .where $text) -}}
{{- end -}}
{{- div (mul (.of | int64) $percent) 100 -}}
{{- else -}}
{{- include "daemonless.bytes" (dict "text" $text "where" .where) -}}
{{- end -}}
{{- end -}}
