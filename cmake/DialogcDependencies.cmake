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
# Of utf8proc, too, programs need a few functions, which another library to load would not be worth.
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
find_library(UTF8PROC_ARCHIVE libutf8proc.a HINTS ${UTF8PROC_LIBRARY_DIRS})
set(program_utf8proc PkgConfig::UTF8PROC)
if(DIALOGC_UTF8PROC_ARCHIVE AND UTF8PROC_ARCHIVE)
    set(program_utf8proc ${UTF8PROC_ARCHIVE})
endif()
pkg_check_modules(LIBZIP REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(LIBCURL REQUIRED IMPORTED_TARGET libcurl>=7.85)
if(DIALOGC_SCRIPTS)
    pkg_check_modules(JAVASCRIPTCORE REQUIRED IMPORTED_TARGET javascriptcoregtk-4.1)
    # The libraries that the platform gives to scripts become part of the program.
    set(SCRIPT_LIBRARIES "")
    foreach(name IN ITEMS lodash/lodash moment/moment-with-locales
            moment-timezone/moment-timezone-with-data-1970-2030)
        find_file(SCRIPT_LIBRARY_${name} ${name}.min.js PATHS /usr/share/javascript REQUIRED)
        list(APPEND SCRIPT_LIBRARIES ${SCRIPT_LIBRARY_${name}})
    endforeach()
endif()
pkg_check_modules(LIBEDIT REQUIRED IMPORTED_TARGET libedit)
pkg_check_modules(LIBMICROHTTPD REQUIRED IMPORTED_TARGET libmicrohttpd)
# Only its header is used.
pkg_check_modules(XXHASH REQUIRED libxxhash)
add_library(Dialogc::XXHASH INTERFACE IMPORTED)
target_include_directories(Dialogc::XXHASH INTERFACE ${XXHASH_INCLUDE_DIRS})
