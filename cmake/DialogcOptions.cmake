# How the project is compiled: language, warnings, sanitizers.
option(DIALOGC_WERROR "Treat warnings as errors" OFF)
option(DIALOGC_SANITIZE "Build with AddressSanitizer and UndefinedBehaviorSanitizer" OFF)
option(DIALOGC_LEAKS "With DIALOGC_SANITIZE: look for leaks in all tests" OFF)
option(DIALOGC_SANITIZE_THREADS "Build with ThreadSanitizer" OFF)
option(DIALOGC_HARDEN "Use the defences of compiler and linker in optimised builds" ON)
option(DIALOGC_BENCH "Build the benchmark" OFF)
option(DIALOGC_NETTLE_ARCHIVE "Link the programs with libnettle.a where there is one" ON)
option(DIALOGC_UTF8PROC_ARCHIVE "Link the programs with libutf8proc.a where there is one" ON)
option(DIALOGC_ARCHIVES "Link the programs with archives of all that dialogc itself needs, as packages do" OFF)
option(DIALOGC_STATIC "Link dialogc with the C library's archive, too, for an image without one" OFF)
option(DIALOGC_SCRIPTS "Build what runs scripts (chat, test): needs JavaScriptCore" ON)
option(DIALOGC_FUZZ "Build the fuzz targets (clang with libFuzzer)" OFF)
set(DIALOGC_CORPUS "" CACHE PATH "Folder with real bot exports (*.json), for the conformance tests")
set(DIALOGC_SUITES "" CACHE PATH "Folder with the public test suites, for the conformance tests")

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Kind of build" FORCE)
endif()

set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

# On machines of 32 bits, too, a file can be large and its number long: without this, stat fails there.
add_compile_definitions(_FILE_OFFSET_BITS=64)

if(DIALOGC_ARCHIVES)
    # A function that comes from an archive does not replace the one of that name in a library that is loaded.
    add_link_options(-Wl,--exclude-libs,ALL)
endif()

# Packages are the same wherever they are built: no path of this machine is in them.
if(CMAKE_BUILD_TYPE STREQUAL "Release")
    add_compile_options(-ffile-prefix-map=${PROJECT_BINARY_DIR}=build -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)
endif()

# The state of incremental builds knows by it which program has written it.
add_link_options(-Wl,--build-id=sha1)

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes
    -Wmissing-prototypes)
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
    # Recovery points (setjmp) make gcc guess at clobbered registers; the variables concerned are
    # never read after a recovery.
    add_compile_options(-Wno-clobbered)
endif()
if(DIALOGC_WERROR)
    add_compile_options(-Werror)
endif()

# What makes a mistake in memory harder to exploit: docs/security.md. Fortified functions need optimisation, and
# the sanitizers replace all of it. tests/package/hardened reads from the programs what has become of it.
if(DIALOGC_HARDEN AND CMAKE_BUILD_TYPE MATCHES "^Rel|^MinSize"
        AND NOT DIALOGC_SANITIZE AND NOT DIALOGC_SANITIZE_THREADS AND NOT DIALOGC_FUZZ)
    include(CheckCCompilerFlag)
    include(CheckPIESupported)
    set(CMAKE_POSITION_INDEPENDENT_CODE ON)
    check_pie_supported(LANGUAGES C)
    foreach(flag IN ITEMS -fstack-protector-strong -fstack-clash-protection -fcf-protection=full)
        string(MAKE_C_IDENTIFIER has${flag} has)
        check_c_compiler_flag(${flag} ${has})
        if(${has})
            add_compile_options(${flag})
        endif()
    endforeach()
    # Some distributions define it by default, to another level.
    add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
    add_link_options(-Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack)
endif()
if(DIALOGC_SANITIZE)
    add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all
        -fno-omit-frame-pointer)
    add_link_options(-fsanitize=address,undefined)
    # AddressSanitizer has a table of all variables; where the program can be anywhere, each start relocates it, which
    # is a quarter of what a start costs.
    string(APPEND CMAKE_EXE_LINKER_FLAGS " -no-pie")
endif()
if(DIALOGC_SANITIZE_THREADS)
    add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
    add_link_options(-fsanitize=thread)
endif()
if(DIALOGC_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -g)
    add_link_options(-fsanitize=address,undefined)
endif()
