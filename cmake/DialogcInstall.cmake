# What is installed where. Components are the packages that packaging/pack makes: program, full (what runs dialogs and
# talks to the platform), library, development.
include(CMakePackageConfigHelpers)

set(cmake_folder ${CMAKE_INSTALL_LIBDIR}/cmake/dialogc)
set(docs ${PROJECT_BINARY_DIR}/docs)

install(TARGETS dialogc EXPORT dialogcTargets
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT program)
install(TARGETS dialogc-library EXPORT dialogcTargets
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT library NAMELINK_COMPONENT development
    INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS dialogc-full dialogc-online
    RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/dialogc COMPONENT full)
install(FILES ${PROJECT_SOURCE_DIR}/include/dialogc.h
    DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)

# find_package(dialogc) and pkg-config
install(EXPORT dialogcTargets NAMESPACE dialogc:: DESTINATION ${cmake_folder} COMPONENT development)
configure_package_config_file(cmake/dialogcConfig.cmake.in ${PROJECT_BINARY_DIR}/dialogcConfig.cmake
    INSTALL_DESTINATION ${cmake_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/dialogcConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/dialogcConfig.cmake
    ${PROJECT_BINARY_DIR}/dialogcConfigVersion.cmake cmake/DialogcAddDialogs.cmake
    DESTINATION ${cmake_folder} COMPONENT development)
file(RELATIVE_PATH prefix_from_pkgconfig
    ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" prefix_from_pkgconfig ${prefix_from_pkgconfig})
configure_file(cmake/dialogc.pc.in dialogc.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/dialogc.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
    COMPONENT development)

install(DIRECTORY schemas templates DESTINATION ${CMAKE_INSTALL_DATADIR}/dialogc COMPONENT program)
install(FILES README.md LICENSE CHANGELOG.md ${PROJECT_BINARY_DIR}/licenses.txt
    DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs COMPONENT program FILES_MATCHING PATTERN "*.md")
install(DIRECTORY examples DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program
    PATTERN build EXCLUDE PATTERN .dialogc EXCLUDE PATTERN dialogs EXCLUDE)
install(DIRECTORY ${docs}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES ${docs}/dialogc.bash RENAME dialogc
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions COMPONENT program)
install(FILES ${docs}/_dialogc DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT program)
install(FILES ${docs}/dialogc.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)
