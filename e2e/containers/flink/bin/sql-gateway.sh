#!/usr/bin/env bash
# sql-gateway.sh start-foreground [options]
set -euo pipefail

[[ ${1:-} == start-foreground ]] || {
  echo "Only start-foreground is known here" >&2
  exit 2
}
exec flink-java.sh org.apache.flink.table.gateway.SqlGateway "${@:2}"
