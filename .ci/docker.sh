# A Docker for .ci/run: the one that answers, or else one of its own, installed where that is possible, and ended afterwards.
# shellcheck shell=bash

# Why there is none, once have_docker has said so.
docker_absence=
docker_pid=
docker_state=

# Whether a Docker answers in the end.
have_docker() {
  if docker_answers; then
    return 0
  fi
  if [[ $(id -u) -ne 0 ]]; then
    docker_absence="none answers, and only root can start one"
    return 1
  fi
  command -v dockerd >/dev/null || install_docker || return 1
  # The package starts its service where services are started.
  docker_answers || start_docker
}

docker_answers() {
  command -v docker >/dev/null && timeout 20 docker info >/dev/null 2>&1
}

install_docker() {
  if ! command -v apt-get >/dev/null; then
    docker_absence="none is installed, and there is no apt-get to install it"
    return 1
  fi
  echo "ci: installing docker.io"
  local log
  log=$(mktemp)
  timeout 180 apt-get update >"$log" 2>&1 || true
  if ! DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y --no-install-recommends \
    -o DPkg::Lock::Timeout=60 docker.io >>"$log" 2>&1; then
    docker_absence="docker.io cannot be installed: $(tail -n 3 "$log" | tr '\n' ' ')"
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

# The plain way first; then without changes to the firewall, and without a layered file system, which some kernels refuse.
start_docker() {
  local reasons=()
  try_docker || try_docker --iptables=false --ip-masq=false ||
    try_docker --iptables=false --ip-masq=false --storage-driver=vfs || {
    docker_absence="dockerd does not start: ${reasons[*]}"
    return 1
  }
}

# Ports of containers are for this machine alone; a container says so too, but only where it knows that Docker is here.
try_docker() {
  docker_state=$(mktemp -d "${TMPDIR:-/tmp}/trestle-docker.XXXXXX")
  local socket=$docker_state/docker.sock deadline=$((SECONDS + 60))
  setsid dockerd --host "unix://$socket" --data-root "$docker_state/data" --exec-root "$docker_state/exec" \
    --pidfile "$docker_state/docker.pid" --ip 127.0.0.1 "$@" >"$docker_state/log" 2>&1 </dev/null &
  docker_pid=$!
  while ((SECONDS < deadline)) && kill -0 "$docker_pid" 2>/dev/null; do
    if timeout 20 docker --host "unix://$socket" info >/dev/null 2>&1; then
      echo "ci: dockerd runs as process $docker_pid"
      export DOCKER_HOST=unix://$socket
      # Nobody needs to tidy up in a Docker that ends with the run; and it is on this machine, even inside a container.
      export TESTCONTAINERS_RYUK_DISABLED=true TESTCONTAINERS_HOST_OVERRIDE=localhost
      return 0
    fi
    sleep 1
  done
  reasons+=("$(grep -v 'level=\(info\|warning\)' "$docker_state/log" | tail -n 1)")
  stop_docker
  return 1
}

# Ends the Docker that this script has started, if it has.
stop_docker() {
  [[ -n $docker_pid ]] || return 0
  local deadline=$((SECONDS + 60))
  kill "$docker_pid" 2>/dev/null || true
  while ((SECONDS < deadline)) && kill -0 "$docker_pid" 2>/dev/null; do
    sleep 1
  done
  kill -KILL "$docker_pid" 2>/dev/null || true
  wait "$docker_pid" 2>/dev/null || true
  docker_pid=
  rm -rf "$docker_state" || true
}

# Whether the public images are here, or can be had.
pull_images() {
  local flink image
  flink=$(sed -n 's,^ *<flink.version>\(.*\)</flink.version>$,\1,p' pom.xml)
  for image in eclipse-temurin:17-jre "flink:$flink-java17"; do
    timeout 20 docker image inspect "$image" >/dev/null 2>&1 ||
      timeout 300 docker pull --quiet "$image" >/dev/null 2>&1 || return 1
  done
}
