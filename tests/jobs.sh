# Work side by side whose output stays readable; sourced by run.sh.
#   start_job NAME COMMAND...  runs it in the background, in a process group of its own; its output goes to a file
#   wait_for_jobs [MOST]       returns when at most MOST (default 0) still run; each report is printed whole when its job ends, and
#                              every 30 s a line says what runs and since when
#   stop_jobs                  kills what still runs, with all that it started
# A job that ends calls `job_ended NAME EXIT_CODE SECONDS REPORT`, which the sourcing script defines.
declare -A job_group=() job_since=()
jobs_directory=$(mktemp -d)
jobs_spoke=$SECONDS

start_job() {
  local name=$1
  shift
  job_since[$name]=$SECONDS
  set -m # a process group of its own, so that one signal reaches the whole of it
  (
    set +em
    trap - INT TERM
    "$@" >"$jobs_directory/$name.report" 2>&1 </dev/null
    echo $? >"$jobs_directory/$name.unfinished"
    mv "$jobs_directory/$name.unfinished" "$jobs_directory/$name.code"
  ) &
  job_group[$name]=$!
  set +m
}

wait_for_jobs() {
  local most=${1:-0}
  while true; do
    end_jobs
    if ((${#job_group[@]} <= most)); then return; fi
    if ((SECONDS - jobs_spoke >= 30)); then say_what_runs; fi
    sleep 0.5
  done
}

end_jobs() {
  local name code
  for name in "${!job_group[@]}"; do
    if [ -f "$jobs_directory/$name.code" ]; then
      code=$(<"$jobs_directory/$name.code")
    elif kill -0 "${job_group[$name]}" 2>/dev/null; then
      continue
    else
      code=137 # killed from outside, before it could say how it ended
    fi
    wait "${job_group[$name]}" 2>/dev/null || true
    unset "job_group[$name]"
    jobs_spoke=$SECONDS
    job_ended "$name" "$code" "$((SECONDS - job_since[$name]))" "$jobs_directory/$name.report"
  done
}

say_what_runs() {
  local name line=""
  for name in "${!job_group[@]}"; do line+=" · $name for $((SECONDS - job_since[$name])) s"; done
  echo ".. ${SECONDS} s${line}"
  jobs_spoke=$SECONDS
}

stop_jobs() {
  local name
  for name in "${!job_group[@]}"; do
    kill -KILL -- "-${job_group[$name]}" 2>/dev/null || true
    wait "${job_group[$name]}" 2>/dev/null || true # so that the shell does not tell of it
  done
  job_group=()
  rm -rf "$jobs_directory"
}
