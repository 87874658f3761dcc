#!/usr/bin/env bash
# Puts small faults into a copy of the code, one at a time, and reports which of them the tests notice. See ./mutate.sh --help.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd "$root"
. eng/environment.sh

command -v dotnet >/dev/null || { echo "Cannot run mutants: 'dotnet' was not found. Install the .NET 10 SDK." >&2; exit 1; }
eng/install-test-tools.sh >/dev/null || echo "Some test tools are missing: see ./test.sh. Mutants whose tests need them cannot be run." >&2
# Stryker's runtime is found by its root where dotnet is a link.
export DOTNET_ROOT="${DOTNET_ROOT:-$(dirname "$(readlink -f "$(command -v dotnet)")")}"
dotnet tool restore --verbosity quiet >/dev/null
dotnet build eng/Mempulse.Mutation -c Release -v quiet --nologo -clp:NoSummary
exec dotnet artifacts/bin/Mempulse.Mutation/release/Mempulse.Mutation.dll "$@"
