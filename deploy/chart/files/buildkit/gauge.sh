#!/bin/sh
# Answers one HTTP request with the number of running builds, which BuildKit's own metrics do not have (Prometheus text format).
running=$(buildctl --addr "unix://$BUILDKIT_SOCKET" debug histories 2>/dev/null | grep -c STARTED)
body="# HELP buildkit_builds_in_flight Builds that run now.
# TYPE buildkit_builds_in_flight gauge
buildkit_builds_in_flight $running"
printf 'HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s\n' $((${#body} + 1)) "$body"
