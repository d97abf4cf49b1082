# Functions shared by the scripts beside this file; each sources it first.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jobs=$(nproc 2>/dev/null || echo 2)

say() { printf '==> %s\n' "$*"; }

die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# usage_error: what a wrong option gets; prints the header comment of the script.
usage_error() {
    [ $# -eq 0 ] || printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0" >&2
    exit 2
}

# configure PRESET FOLDER [CMAKE OPTION]...
configure() {
    local preset=$1 folder=$2
    shift 2
    if command -v ccache >/dev/null; then
        set -- -DCMAKE_CXX_COMPILER_LAUNCHER=ccache "$@"
    fi
    say "configuring $folder ($preset)"
    mkdir -p "$folder"
    cmake -S "$root" --preset "$preset" -B "$folder" "$@" >"$folder/configure.log" 2>&1 || {
        cat "$folder/configure.log" >&2
        die "configuring $folder failed"
    }
}

# build FOLDER [TARGET]...: everything when no target is named; off a terminal only problems are shown.
build() {
    local folder=$1
    shift
    say "building $folder ${*:-}"
    local quiet=--quiet
    if [ -t 1 ]; then quiet=; fi
    cmake --build "$folder" --parallel "$jobs" ${1:+--target "$@"} -- ${quiet:+"$quiet"}
}

# run_tests FOLDER [CTEST OPTION]...: leaves the counts in FOLDER/ctest.xml.
run_tests() {
    local folder=$1
    shift
    say "testing $folder"
    rm -f "$folder/ctest.xml"
    ctest --test-dir "$folder" --parallel "$jobs" --output-on-failure --no-tests=error \
        --output-junit "$folder/ctest.xml" "$@"
}

# Nothing that the scripts start asks a metadata service that the machine may have.
export AWS_EC2_METADATA_DISABLED=true
# Checkouts in other folders share what the compiler cache holds.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
export TSAN_OPTIONS=${TSAN_OPTIONS:-halt_on_error=1:second_deadlock_stack=1}
