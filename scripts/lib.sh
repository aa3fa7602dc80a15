# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# What the scripts share. A script sources this file and calls
#
#     prepare GROUP... -- "$@"
#
# with the groups of packages that it needs. On a system that has ImageMagick 7
# (Debian 13, Ubuntu 25.04 and newer) that installs what is missing. Elsewhere it
# makes a Debian 13 root in the user's cache, once, and starts the script again
# inside it (scripts/enter), in the same folder and with the same arguments.

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/tweedie
root=$cache/trixie
# Users of Debian do not have chroot in their path.
export PATH=$PATH:/usr/sbin:/sbin

say() { printf 'tweedie: %s\n' "$*" >&2; }
die() {
    say "$@"
    exit 1
}

# Names of the packages in the groups $@, one a line.
packages() {
    local group
    for group; do
        awk -v group="$group" '$1 == group { print $2 }' "$top/scripts/packages"
    done
}

# missing ADMINDIR GROUP...: the packages that dpkg's database does not have.
missing() {
    local admin=$1
    shift
    packages "$@" | sort -u | comm -23 - <(
        dpkg-query --admindir="$admin" -f '${db:Status-Abbrev}${Package}\n' -W \
            2>/dev/null | sed -n 's/^ii //p' | sort
    )
}

# Does this system package what the project needs?
is_new_enough() {
    local ID='' VERSION_ID=''
    # shellcheck disable=SC1091
    [ ! -r /etc/os-release ] || . /etc/os-release
    case $ID in
    # Debian's testing and unstable have no number.
    debian) [ "${VERSION_ID:-999}" -ge 13 ] ;;
    ubuntu) [ "${VERSION_ID/./}" -ge 2504 ] ;;
    *) apt-cache show libmagickcore-7.q16-dev >/dev/null 2>&1 ;;
    esac
}

# quietly WHAT COMMAND...: shows the end of the command's output if it fails.
quietly() {
    local what=$1 log write read status=0
    shift
    log=$(mktemp "${TMPDIR:-/tmp}/tweedie-XXXXXX")
    # shellcheck disable=SC2094
    exec {write}>"$log" {read}<"$log"
    rm -f "$log"
    "$@" </dev/null >&"$write" 2>&1 {read}<&- || status=$?
    if [ "$status" -ne 0 ]; then
        tail -n 40 <&"$read" >&2
        say "$what failed (status $status), its last lines are above."
    fi
    exec {write}>&- {read}<&-
    return "$status"
}

# Installs packages on this system.
apt_install() {
    local sudo=()
    if [ "$(id -u)" -ne 0 ]; then
        # A password can be typed only at a terminal.
        if sudo -n true 2>/dev/null || { [ -t 0 ] && command -v sudo >/dev/null; }; then
            sudo=(sudo)
        else
            die "these packages are missing, install them as root:" \
                "apt-get install --no-install-recommends $*"
        fi
    fi
    say "Installing with apt: $*"
    sudo+=(env DEBIAN_FRONTEND=noninteractive)
    if [ "${sudo[0]}" = sudo ]; then sudo true; fi
    quietly "apt-get update" "${sudo[@]}" apt-get update || true
    quietly "apt-get install" "${sudo[@]}" apt-get install -y \
        --no-install-recommends -o DPkg::Lock::Timeout=600 "$@" ||
        die "could not install: $*"
}

# as_root COMMAND...: as root, with a mount namespace of its own. An ordinary user
# becomes root in a user namespace, with the other numbers of /etc/subuid.
as_root() {
    local map=()
    [ "$(id -u)" -eq 0 ] || map=(--user --map-root-user --map-auto)
    unshare --mount "${map[@]}" -- "$@"
}

# Makes sure that a root can be made and entered; installs mmdebstrap if need be.
check_host() {
    local need=()
    command -v unshare >/dev/null ||
        die "needs Debian 13, Ubuntu 25.04 or newer (or mmdebstrap and unshare)."
    command -v mmdebstrap >/dev/null || need+=(mmdebstrap)
    [ "$(id -u)" -eq 0 ] || command -v newuidmap >/dev/null || need+=(uidmap)
    [ -e /usr/share/keyrings/debian-archive-keyring.gpg ] ||
        need+=(debian-archive-keyring)
    if [ ${#need[@]} -gt 0 ]; then
        command -v apt-get >/dev/null ||
            die "needs Debian 13, Ubuntu 25.04 or newer, or ${need[*]} here."
        apt_install "${need[@]}"
    fi
    as_root true 2>/dev/null ||
        die "this user may not make namespaces (user_namespaces(7), subuid(5))." \
            "Run this as root, or on Debian 13, Ubuntu 25.04 or newer."
}

# Unpacks a root under another name, so that one cut short is never used. What an
# earlier one left goes first.
make_root() {
    local include scratch private=()
    # mmdebstrap mounts things, which must vanish with it, even if it is killed.
    [ "$(id -u)" -ne 0 ] || private=(unshare --mount)
    include=$(packages "$@" | paste -sd,)
    # Where an ordinary user's subordinate numbers may go; homes are often closed.
    scratch=/var/tmp/tweedie-$(id -u)
    as_root rm -rf --one-file-system "$root.new" "$scratch" &&
        mkdir "$root.new" &&
        mkdir -m 711 "$scratch" || return
    # Device files cannot be made by an ordinary user; /dev is the host's.
    TMPDIR=$scratch "${private[@]}" mmdebstrap --variant=apt --include="$include" \
        --dpkgopt='path-exclude=/usr/share/doc/*' \
        --dpkgopt='path-exclude=/usr/share/man/*' \
        --aptopt='Acquire::Retries "3"' trixie - |
        as_root tar -C "$root.new" --exclude='./dev/*' -xf - &&
        rmdir "$scratch" &&
        mv -T "$root.new" "$root"
}

# Adds packages to the root; mends what an interrupted run left.
extend_root() {
    # shellcheck disable=SC2016
    as_root bash -ec '
        root=$1; shift
        mount --rbind /proc "$root/proc"
        mount --rbind /dev "$root/dev"
        cat /etc/resolv.conf >"$root/etc/resolv.conf"
        run() {
            chroot "$root" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \
                LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"
        }
        run dpkg --configure -a
        run apt-get update
        run apt-get -y -f install
        run apt-get -y --no-install-recommends install "$@"
    ' bash "$root" "$@"
}

# Makes or extends the root; one process at a time.
ensure_root() {
    local add
    if [ -d "$root" ] && [ -z "$(missing "$root/var/lib/dpkg" "$@")" ]; then
        return
    fi
    check_host
    mkdir -p "$cache"
    (
        flock -n 9 || {
            say "Another process is setting up, waiting ..."
            flock 9
        }
        # Nothing that is started here may keep the lock: 9>&-.
        if [ ! -d "$root" ]; then
            say "Making a Debian 13 root in $root (once, some minutes) ..."
            quietly mmdebstrap make_root "$@" 9>&- || exit
        fi
        mapfile -t add < <(missing "$root/var/lib/dpkg" "$@")
        if [ ${#add[@]} -gt 0 ]; then
            say "Adding to the Debian 13 root: ${add[*]}"
            quietly "apt in $root" extend_root "${add[@]}" 9>&- || exit
        fi
    ) 9>"$cache/lock" || die "could not set up a Debian 13 root in $root."
}

# See the top of this file.
prepare() {
    local groups=() add map=()
    while [ "$1" != -- ]; do
        groups+=("$1")
        shift
    done
    shift
    if is_new_enough; then
        mapfile -t add < <(missing /var/lib/dpkg "${groups[@]}")
        [ ${#add[@]} -eq 0 ] || apt_install "${add[@]}"
        return
    fi
    ensure_root "${groups[@]}"
    mkdir -p "$cache/view"
    # Here the user's own files are all that root's rights are needed for.
    [ "$(id -u)" -eq 0 ] || map=(--user --map-root-user)
    exec unshare --mount "${map[@]}" -- bash "$top/scripts/enter" \
        "$root" "$cache/view" "$top/scripts/${0##*/}" "$@"
}

# configure FOLDER OPTION...: sets a build folder up, again when the options, the
# system or the paths, which are absolute, are others, or it was cut short. One that
# a person has set up is left as it is.
configure() {
    local dir=$1 made_for
    shift
    # shellcheck disable=SC1091
    made_for="$top $(. /etc/os-release && echo "$PRETTY_NAME") $(uname -m) ${CC:-} $*"
    if [ -e "$dir/build.ninja" ] && [ ! -e "$dir/made-for" ]; then
        return
    elif [ "$(cat "$dir/made-for" 2>/dev/null)" != "$made_for" ]; then
        rm -rf "$dir"
        mkdir "$dir"
        echo "not yet" >"$dir/made-for"
        meson setup "$dir" "$top" "$@" || return
        echo "$made_for" >"$dir/made-for"
    fi
}

# The build that people use: build/ in the checkout, which is also the lock.
# shellcheck disable=SC2094
build() {
    (
        flock 9
        [ -e "$top/build/build.ninja" ] || say "Building in $top/build (once) ..."
        quietly "meson setup" configure "$top/build" 9<&- || exit
        quietly "ninja" ninja -C "$top/build" 9<&-
    ) 9<"$top" || die "could not build."
}

# A profile of GIMP in the build folder, so that the user's own is not touched: GIMP
# looks for plug-ins where it always does, and in the build.
# shellcheck disable=SC2016
use_gimp_profile() {
    export GIMP3_DIRECTORY=$top/build/gimp
    mkdir -p "$GIMP3_DIRECTORY"
    [ -e "$GIMP3_DIRECTORY/gimprc" ] ||
        printf '(plug-in-path "%s:%s:%s")\n' '${gimp_dir}/plug-ins' \
            "$top/build/gimp-plugin" '${gimp_plug_in_dir}/plug-ins' \
            >"$GIMP3_DIRECTORY/gimprc"
    export TWEEDIE_LOCALE_DIR=$top/build/po
}

# use_build [COMMAND]: the environment in which GIMP and ImageMagick find what was
# built, and the models. The module's two builds share a name, so only one of them
# can be found: that of the ImageMagick that COMMAND is.
use_build() {
    local program quantum=q16
    program=$(readlink -f "$(command -v "${1:-magick}")" || true)
    case $program in *hdri*) quantum=q16hdri ;; esac
    # The first name is that of ImageMagick up to 7.1.2-13.
    export MAGICK_CODER_FILTER_PATH=$top/build/magick-coder/$quantum
    export MAGICK_FILTER_MODULE_PATH=$MAGICK_CODER_FILTER_PATH
    use_gimp_profile
    # Threads that spin while they wait cost a multiple of the time on a machine
    # that does other work too; libgomp reads this when it is loaded.
    export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-passive}
    export TWEEDIE_MODEL_PATH=${TWEEDIE_MODEL_PATH:+$TWEEDIE_MODEL_PATH:}$top/models
}
