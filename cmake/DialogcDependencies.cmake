# The libraries, all found with pkg-config; this repository contains none.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
# program_library(VARIABLE TARGET ARCHIVE WANTED) sets VARIABLE to what programs link of a library: its ARCHIVE if
# that is WANTED and there, else TARGET. With DIALOGC_ARCHIVES the archive must be there.
function(program_library variable target archive wanted)
    set(${variable} ${target} PARENT_SCOPE)
    find_library(${variable}_archive ${archive})
    mark_as_advanced(${variable}_archive)
    if(DIALOGC_ARCHIVES AND NOT ${variable}_archive)
        message(FATAL_ERROR "DIALOGC_ARCHIVES needs ${archive}; scripts/archives makes what Debian lacks, "
            "for -DCMAKE_LIBRARY_PATH=…/build/archives")
    endif()
    if((wanted OR DIALOGC_ARCHIVES) AND ${variable}_archive)
        set(${variable} ${${variable}_archive} PARENT_SCOPE)
    endif()
endfunction()

pkg_check_modules(LIBYAML REQUIRED IMPORTED_TARGET yaml-0.1)
program_library(program_libyaml PkgConfig::LIBYAML libyaml.a OFF)
pkg_check_modules(CJSON REQUIRED IMPORTED_TARGET libcjson)
program_library(program_cjson PkgConfig::CJSON libcjson.a OFF)
pkg_check_modules(PCRE2 REQUIRED IMPORTED_TARGET libpcre2-8)
program_library(program_pcre2 PkgConfig::PCRE2 libpcre2-8.a OFF)
pkg_check_modules(NETTLE REQUIRED IMPORTED_TARGET nettle)
# nettle's shared library binds all of its 550 functions when it is loaded, and dialogc uses three of
# them: that is a twentieth of a cold start. Programs take them from the archive.
program_library(program_nettle PkgConfig::NETTLE libnettle.a ${DIALOGC_NETTLE_ARCHIVE})
# Of utf8proc, too, programs need a few functions, which another library to load would not be worth.
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)
program_library(program_utf8proc PkgConfig::UTF8PROC libutf8proc.a ${DIALOGC_UTF8PROC_ARCHIVE})
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
    # These are modules of Node.js, which not every distribution has: without them, koreUtil lacks xml2js.
    foreach(name IN ITEMS xml2js/lib xmlbuilder/lib sax/lib events)
        file(GLOB modules /usr/share/nodejs/${name}/*.js)
        list(APPEND SCRIPT_LIBRARIES ${modules})
    endforeach()
endif()
pkg_check_modules(LIBEDIT REQUIRED IMPORTED_TARGET libedit)
pkg_check_modules(LIBMICROHTTPD REQUIRED IMPORTED_TARGET libmicrohttpd)
# Only its header is used.
pkg_check_modules(XXHASH REQUIRED libxxhash)
add_library(Dialogc::XXHASH INTERFACE IMPORTED)
target_include_directories(Dialogc::XXHASH INTERFACE ${XXHASH_INCLUDE_DIRS})
