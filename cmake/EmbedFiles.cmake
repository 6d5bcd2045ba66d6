# embed_files(OUTPUT FILE...) writes a C source with the bytes of each FILE and a table of them:
# `const struct embedded_file embedded_files[]`, which ends with a row without a name. Names are paths from the
# top of the project.
function(embed_files output)
    set(script ${CMAKE_SOURCE_DIR}/cmake/EmbedFilesScript.cmake)
    string(REPLACE ";" "|" files "${ARGN}")
    add_custom_command(
        OUTPUT ${output}
        COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DBASE=${PROJECT_SOURCE_DIR} "-DFILES=${files}" -P ${script}
        DEPENDS ${ARGN} ${script}
        VERBATIM)
endfunction()
