#!/usr/bin/env bash
# Measures what docs/scale.md plans with: a table partitioned by month beside a plain one, and how far a read replica is behind.
# Starts PostgreSQL, prints a Markdown table. About 3 minutes.
#
#   tests/scale.sh              2,000,000 rows over two years
#   tests/scale.sh --rows N     another number
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tests/postgres.sh

rows=2000000
case "${1:-}" in
  "") ;;
  --rows) rows=$2 ;;
  *)
    echo "Unknown option $1. Options: --rows N"
    exit 2
    ;;
esac

replica=""
finish() {
  if [ -n "$replica" ]; then as_server "$postgres_bin/pg_ctl" -D "$replica/data" -m immediate -w stop >/dev/null 2>&1 || true; fi
  stop_postgres
  rm -rf "$replica"
}
trap finish EXIT
unset INTEGRATION_TEST_POSTGRES
start_postgres >&2
find_postgres
port=$(sed -nE 's/.*Port=([0-9]+).*/\1/p' <<<"$INTEGRATION_TEST_POSTGRES")

sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "${at:-$port}" -U integration -d postgres -c "$1"; }

# Milliseconds of one statement, as the client sees it.
milliseconds() { printf '\\timing on\n%s;\n' "$1" | psql -X -q -A -t -h 127.0.0.1 -p "$port" -U integration -d postgres | sed -nE 's/^Time: ([0-9.]+) ms.*/\1/p' | tail -1; }

row() { printf '| %s | %s | %s |\n' "$@"; }

span=$(awk -v n="$rows" 'BEGIN { printf "%.3f", 63072000 / n }') # seconds between two rows, two years in all
body="repeat(md5(i::text), 22)"                                    # about 700 bytes, as an entry of evidence has
id="'evd_' || lpad(i::text, 26, '0')"
moment="timestamptz '2025-01-01' + i * interval '$span s'"
pick="'evd_' || lpad((s * 97 % $rows)::text, 26, '0')"
when="timestamptz '2025-01-01' + (s * 97 % $rows) * interval '$span s'"

sql "CREATE TABLE plain (id text NOT NULL PRIMARY KEY, at timestamptz NOT NULL, body text NOT NULL)"
sql "CREATE INDEX ON plain (at)"
sql "CREATE TABLE parted (id text NOT NULL, at timestamptz NOT NULL, body text NOT NULL, PRIMARY KEY (id, at)) PARTITION BY RANGE (at)"
sql "DO \$\$ DECLARE m timestamptz; BEGIN FOR m IN SELECT generate_series(timestamptz '2025-01-01', '2027-01-01', '1 month') LOOP
  EXECUTE format('CREATE TABLE parted_%s PARTITION OF parted FOR VALUES FROM (%L) TO (%L)', to_char(m, 'YYYYMM'), m, m + interval '1 month'); END LOOP; END \$\$"

echo "| measure | one table | a table for each month |"
echo "|---|---|---|"
declare -A of
for table in plain parted; do
  of[$table.insert]=$(milliseconds "INSERT INTO $table SELECT $id, $moment, $body FROM generate_series(0, $rows - 1) i")
  sql "ANALYZE $table"
done
rate() { awk -v n="$1" -v ms="$2" 'BEGIN { printf "%d", n * 1000 / ms }'; }
row "rows appended, a second" "$(rate "$rows" "${of[plain.insert]}")" "$(rate "$rows" "${of[parted.insert]}")"

look="SELECT count(*) FROM generate_series(1, 20000) s CROSS JOIN LATERAL"
for round in warm-up measured; do
  plain=$(milliseconds "$look (SELECT body FROM plain WHERE id = $pick) b")
  known=$(milliseconds "$look (SELECT body FROM parted WHERE id = $pick AND at = $when) b")
  unknown=$(milliseconds "$look (SELECT body FROM parted WHERE id = $pick) b")
done
each() { awk -v ms="$1" 'BEGIN { printf "%.3f", ms / 20000 }'; }
row "one row by its number, the month taken from the number, ms" "$(each "$plain")" "$(each "$known")"
row "one row by its number, month unknown, ms" "$(each "$plain")" "$(each "$unknown")"

size() { sql "SELECT pg_size_pretty(sum(pg_total_relation_size(relid))) FROM pg_partition_tree('$1')"; }
row "size with indexes" "$(sql "SELECT pg_size_pretty(pg_total_relation_size('plain'))")" "$(size parted)"

gone=$(milliseconds "DELETE FROM plain WHERE at < '2025-02-01'")
swept=$(milliseconds "VACUUM plain")
detached=$(milliseconds "ALTER TABLE parted DETACH PARTITION parted_202501")
dropped=$(milliseconds "DROP TABLE parted_202501")
row "a month leaves, ms (delete and vacuum; detach and drop)" "$gone + $swept" "$detached + $dropped"

replica=$(mktemp -d)
if [ "$(id -u)" -eq 0 ]; then chown postgres "$replica"; fi
copied=$SECONDS
as_server "$postgres_bin/pg_basebackup" -h 127.0.0.1 -p "$port" -U integration -D "$replica/data" -R -X stream -c fast --no-sync
copied=$((SECONDS - copied))
behind=$((port + 1))
as_server "$postgres_bin/pg_ctl" -D "$replica/data" -l "$replica/log" -w -t 60 -o "-p $behind -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=200" start >/dev/null

# How long until what was committed at the primary can be read at the replica, 200 times, beside 400 commits a second.
sql "CREATE TABLE beat (n int PRIMARY KEY)"
sql "CREATE TABLE load (n bigserial PRIMARY KEY, body text)"
printf "INSERT INTO load (body) VALUES (repeat('x', 700));\n" >"$replica/load.sql"
pgbench -n -h 127.0.0.1 -p "$port" -U integration -f "$replica/load.sql" -R 400 -c 4 -T 40 postgres >"$replica/bench" 2>&1 &
bench=$!
sleep 2
python3 - "$port" "$behind" >"$replica/lags" <<'PY'
import subprocess, sys, time

def session(port):
    return subprocess.Popen(["psql", "-X", "-q", "-A", "-t", "-h", "127.0.0.1", "-p", port, "-U", "integration", "-d", "postgres"],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

def ask(to, sql):
    to.stdin.write(sql + ";\n")
    to.stdin.flush()
    return to.stdout.readline().strip()

primary, replica = session(sys.argv[1]), session(sys.argv[2])
for n in range(200):
    ask(primary, f"INSERT INTO beat VALUES ({n}) RETURNING n")
    since = time.monotonic()
    while ask(replica, f"SELECT count(*) FROM beat WHERE n = {n}") != "1" and time.monotonic() - since < 10:
        pass
    print(f"{(time.monotonic() - since) * 1000:.2f}")
    time.sleep(0.1)
PY
wait "$bench"
lag() { sort -n "$replica/lags" | sed -n "$1p"; }
echo
echo "| measure | value |"
echo "|---|---|"
printf '| a replica is made, s | %s |\n' "$copied"
printf '| commits a second meanwhile | %s |\n' "$(sed -nE 's/^tps = ([0-9]+).*/\1/p' "$replica/bench")"
printf '| replica behind, ms, p50 of 200 | %s |\n' "$(lag 100)"
printf '| replica behind, ms, p99 of 200 | %s |\n' "$(lag 198)"
