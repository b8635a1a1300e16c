# What every build and every run of tests is done under; sourced by run.sh and one.sh.
export DOTNET_TieredPGO=0 # a test's host lives for seconds: watching its code for later costs more than it brings
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1
