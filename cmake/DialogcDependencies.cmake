# The libraries, all found with pkg-config; this repository contains none.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(LIBYAML REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(CJSON REQUIRED IMPORTED_TARGET libcjson)
pkg_check_modules(PCRE2 REQUIRED IMPORTED_TARGET libpcre2-8)
pkg_check_modules(NETTLE REQUIRED IMPORTED_TARGET nettle)
# nettle's shared library binds all of its 550 functions when it is loaded, and dialogc uses three of
# them: that is a twentieth of a cold start. Programs take them from the archive.
find_library(NETTLE_ARCHIVE libnettle.a HINTS ${NETTLE_LIBRARY_DIRS})
set(program_nettle PkgConfig::NETTLE)
if(DIALOGC_NETTLE_ARCHIVE AND NETTLE_ARCHIVE)
    set(program_nettle ${NETTLE_ARCHIVE})
endif()
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(DUKTAPE REQUIRED IMPORTED_TARGET duktape)
pkg_check_modules(LIBEDIT REQUIRED IMPORTED_TARGET libedit)
pkg_check_modules(LIBMICROHTTPD REQUIRED IMPORTED_TARGET libmicrohttpd)
# Only its header is used.
pkg_check_modules(XXHASH REQUIRED libxxhash)
add_library(Dialogc::XXHASH INTERFACE IMPORTED)
target_include_directories(Dialogc::XXHASH INTERFACE ${XXHASH_INCLUDE_DIRS})
