# What is installed where, and the Debian package.
include(CMakePackageConfigHelpers)

set(cmake_folder ${CMAKE_INSTALL_LIBDIR}/cmake/dialogc)
set(docs ${PROJECT_BINARY_DIR}/docs)

install(TARGETS dialogc dialogc-library EXPORT dialogcTargets
    RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR}
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
    INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS dialogc-full dialogc-online RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/dialogc)
install(FILES ${PROJECT_SOURCE_DIR}/include/dialogc.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

# find_package(dialogc) and pkg-config
install(EXPORT dialogcTargets NAMESPACE dialogc:: DESTINATION ${cmake_folder})
configure_package_config_file(cmake/dialogcConfig.cmake.in ${PROJECT_BINARY_DIR}/dialogcConfig.cmake
    INSTALL_DESTINATION ${cmake_folder})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/dialogcConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/dialogcConfig.cmake
    ${PROJECT_BINARY_DIR}/dialogcConfigVersion.cmake cmake/DialogcAddDialogs.cmake
    DESTINATION ${cmake_folder})
file(RELATIVE_PATH prefix_from_pkgconfig
    ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" prefix_from_pkgconfig ${prefix_from_pkgconfig})
configure_file(cmake/dialogc.pc.in dialogc.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/dialogc.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(DIRECTORY schemas templates DESTINATION ${CMAKE_INSTALL_DATADIR}/dialogc)
install(FILES README.md LICENSE CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR}/docs FILES_MATCHING PATTERN "*.md")
install(DIRECTORY examples DESTINATION ${CMAKE_INSTALL_DOCDIR}
    PATTERN build EXCLUDE PATTERN .dialogc EXCLUDE PATTERN dialogs EXCLUDE)
install(DIRECTORY ${docs}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
install(FILES ${docs}/dialogc.bash RENAME dialogc
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES ${docs}/_dialogc DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions)
install(FILES ${docs}/dialogc.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME dialogc)
set(CPACK_PACKAGE_CONTACT "The founders of dialogc <founders@dialogc.dev>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGE_DESCRIPTION "dialogc reads action templates in YAML, checks them, and writes the\
 platform's dialog tasks. It builds whole projects incrementally, changes bot exports, and runs\
 conversations with what it has compiled.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON) # by dpkg-shlibdeps, of the package dpkg-dev
set(CPACK_STRIP_FILES ON)
include(CPack)
