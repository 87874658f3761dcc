# Sourced by test.sh and the installer: a quiet, self-contained tool environment, also where HOME is not set.
tools="$root/.tools"
if [ -z "${HOME:-}" ] || [ ! -w "${HOME:-/nonexistent}" ]; then
  export HOME="$tools/home"
  mkdir -p "$HOME"
fi
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0
export LC_ALL=C.UTF-8
export PATH="$tools/bin:$PATH"
