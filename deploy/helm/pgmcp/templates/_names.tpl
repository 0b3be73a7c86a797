{{- define "pgmcp.labels" -}}
app.kubernetes.io/name: pgmcp
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- define "pgmcp.container" -}}
image: "{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}"
envFrom: [{ configMapRef: { name: {{ .Release.Name }} } }]
securityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: [ALL] } }
volumeMounts: [{ name: secrets, mountPath: /etc/pgmcp/secrets, readOnly: true }]
{{- end }}
{{- define "pgmcp.pod" -}}
serviceAccountName: {{ .Release.Name }}
automountServiceAccountToken: false
securityContext: { runAsNonRoot: true, runAsUser: 65532, fsGroup: 65532, seccompProfile: { type: RuntimeDefault } }
volumes: [{ name: secrets, secret: { secretName: {{ .Values.secret.name }} } }]
{{- end }}
