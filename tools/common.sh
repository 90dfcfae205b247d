# Shared by ./funpass and ./test: what is missing is installed, after saying so. Sourced, never run.

# need COMMAND-OR-FILE PACKAGE…: remembers the packages if the command or file is not there.
missing=()
need() {
  local what=$1
  shift
  case $what in
    /*) [ -e "$what" ] && return 0 ;;
    *) command -v "$what" >/dev/null 2>&1 && return 0 ;;
  esac
  missing+=("$@")
}

# Installs what `need` found missing.
install_missing() {
  [ ${#missing[@]} -eq 0 ] && return 0
  local sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      echo "funpass needs these Debian packages, and cannot install them without root or sudo: ${missing[*]}" >&2
      return 1
    fi
    sudo=(sudo)
  fi
  echo "funpass installs what is missing with apt-get: ${missing[*]}" >&2
  local log
  log=$(mktemp)
  if ! { "${sudo[@]}" apt-get update && DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y \
      --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    echo "funpass could not install: ${missing[*]}" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
  missing=()
}

# What a release build needs.
need_build() {
  need cmake cmake
  need ninja ninja-build
  need g++ g++
  need flock util-linux
  need /usr/include/boost/version.hpp libboost1.81-dev
  need /usr/include/boost/json.hpp libboost1.81-dev
  need /usr/include/boost/graph/strong_components.hpp libboost1.81-dev
  need /usr/lib/"$(uname -m)"-linux-gnu/libboost_json.so libboost-json1.81-dev
  need /usr/include/CLI/CLI.hpp libcli11-dev
  need /usr/include/histedit.h libedit-dev
}

# What the tests need besides.
need_tests() {
  need /usr/include/doctest/doctest.h doctest-dev
  need /usr/include/rapidcheck.h librapidcheck-dev
  need /usr/bin/python3 python3
  need /usr/lib/python3/dist-packages/jsonschema python3-jsonschema
}
