# embed_files(OUTPUT TABLE FILE...) writes a C source with the bytes of each FILE and a table of them:
# `const struct embedded_file TABLE[]`, which ends with a row without a name. Names are paths from BASE, the top of
# the project; of a file outside of it, the name alone.
function(embed_files output table)
    set(script ${CMAKE_SOURCE_DIR}/cmake/EmbedFilesScript.cmake)
    string(REPLACE ";" "|" files "${ARGN}")
    add_custom_command(
        OUTPUT ${output}
        COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DTABLE=${table} -DBASE=${PROJECT_SOURCE_DIR} "-DFILES=${files}" -P ${script}
        DEPENDS ${ARGN} ${script}
        VERBATIM)
endfunction()
