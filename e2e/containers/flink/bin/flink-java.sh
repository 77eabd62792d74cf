#!/usr/bin/env bash
# Runs a class of Flink's with what Flink's own scripts open to it: flink-java.sh CLASS [arguments]
set -euo pipefail

opened=()
for package in java.lang java.net java.io java.nio sun.nio.ch java.lang.reflect java.text java.time java.util \
  java.util.concurrent java.util.concurrent.atomic java.util.concurrent.locks; do
  opened+=("--add-opens=java.base/$package=ALL-UNNAMED")
done
for package in java.base/sun.net.util java.rmi/sun.rmi.registry java.security.jgss/sun.security.krb5; do
  opened+=("--add-exports=$package=ALL-UNNAMED")
done

export FLINK_CONF_DIR=$FLINK_HOME/conf
# A list of words without spaces in them.
# shellcheck disable=SC2086
exec java -XX:+UseSerialGC ${FLINK_JVM_OPTIONS:-} "${opened[@]}" \
  "-Dlog4j.configurationFile=$FLINK_HOME/bin/log4j.properties" -cp "$FLINK_HOME/lib/*:$FLINK_HOME/dist/*" "$@"
