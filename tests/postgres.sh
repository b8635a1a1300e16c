# A PostgreSQL server of the test run's own; sourced by run.sh, one.sh, benchmark.sh and scale.sh.
#   start_postgres   installs it where missing (Debian), starts it, exports INTEGRATION_TEST_POSTGRES
#                    postgres_fsync=on lets every commit reach the disk, as benchmarks want it
#   stop_postgres    stops it and removes its directory
postgres_directory=""
postgres_bin=""

find_postgres() {
  local candidate
  for candidate in /usr/lib/postgresql/*/bin; do
    if [ -x "$candidate/initdb" ] && [ -x "$candidate/pg_ctl" ]; then postgres_bin=$candidate; fi
  done
  [ -n "$postgres_bin" ]
}

install_postgres() {
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo); fi
  if ! command -v apt-get >/dev/null; then
    echo "PostgreSQL is missing and this is no Debian: install it, or set INTEGRATION_TEST_POSTGRES."
    return 1
  fi
  echo "PostgreSQL is missing: installing it."
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
}

# PostgreSQL refuses to run as root.
as_server() {
  if [ "$(id -u)" -eq 0 ]; then
    (cd / && runuser -u postgres -- "$@")
  else
    "$@"
  fi
}

start_postgres() {
  if [ -n "${INTEGRATION_TEST_POSTGRES:-}" ]; then
    echo "Using the server of INTEGRATION_TEST_POSTGRES."
    return
  fi
  find_postgres || { install_postgres && find_postgres; } || {
    echo "PostgreSQL is needed by the tests and could not be set up."
    return 1
  }

  postgres_directory=$(mktemp -d)
  if [ "$(id -u)" -eq 0 ]; then chown postgres "$postgres_directory"; fi
  as_server "$postgres_bin/initdb" -D "$postgres_directory/data" -U integration --auth=trust -E UTF8 --locale=C.UTF-8 \
    --no-sync >/dev/null

  local attempt port
  for attempt in 1 2 3 4 5; do
    port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
    # Test data: durability is not wanted. Several test projects connect at once.
    if as_server "$postgres_bin/pg_ctl" -D "$postgres_directory/data" -l "$postgres_directory/log" -w -t 30 \
      -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=${postgres_fsync:-off} -c max_connections=500" \
      start >/dev/null; then
      export INTEGRATION_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=integration;Database=postgres"
      echo "Listening on 127.0.0.1:$port"
      return
    fi
  done
  echo "PostgreSQL did not start:"
  cat "$postgres_directory/log"
  return 1
}

stop_postgres() {
  if [ -z "$postgres_directory" ]; then return 0; fi
  as_server "$postgres_bin/pg_ctl" -D "$postgres_directory/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$postgres_directory"
}
