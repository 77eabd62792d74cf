#!/usr/bin/env bash
# Takes what the public image's entry point takes, as far as the container test goes: the lines of FLINK_PROPERTIES as
# Flink's configuration, and a command: jobmanager, taskmanager, or a program and its arguments.
set -euo pipefail

cat >"$FLINK_HOME/conf/config.yaml" <<<"${FLINK_PROPERTIES:-}"

# Flink's own reckoning of the memory: the line of JVM options, then the line of Flink's options.
memory_of() {
  flink-java.sh org.apache.flink.runtime.util.bash.BashJavaUtils "$1" --configDir "$FLINK_HOME/conf" 2>&1 |
    sed -n 's/^.*BASH_JAVA_UTILS_EXEC_RESULT://p'
}

start() {
  local main=$1 lines
  mapfile -t lines < <(memory_of "$2")
  [[ ${#lines[@]} -eq 2 ]] || {
    echo "The memory of $main cannot be told from its configuration" >&2
    exit 1
  }
  # Lists of words without spaces in them.
  # shellcheck disable=SC2086
  FLINK_JVM_OPTIONS=${lines[0]} exec flink-java.sh "$main" --configDir "$FLINK_HOME/conf" ${lines[1]}
}

case "${1:-}" in
  jobmanager)
    start org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint GET_JM_RESOURCE_PARAMS
    ;;
  taskmanager)
    start org.apache.flink.runtime.taskexecutor.TaskManagerRunner GET_TM_RESOURCE_PARAMS
    ;;
  *)
    exec "$@"
    ;;
esac
