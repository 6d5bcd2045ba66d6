# dialogc_add_dialogs(TARGET
#     TEMPLATES file...            action templates
#     OUTPUT_DIRECTORY folder      where the artifacts go
#     [AUTH file|folder...]        auth profiles
#     [PROJECT folder]             the folder of a dialogc.yaml and everything that belongs to it
#     [OPTIONS option...])         more options of `dialogc build`: --error, --ignore, --max-warnings
#
# Adds the target TARGET, part of `all`, which compiles every template to
# OUTPUT_DIRECTORY/IDENTIFIER.dialog.json. Each template has its own command, which runs again when a
# file changes that its artifact depends on: the template, the profiles, fragments, object descriptions
# and called templates that it uses, the project file, or dialogc itself. One more command checks rules
# across templates, such as unique titles.
#
# Relative paths are taken from the current source folder, OUTPUT_DIRECTORY from the current binary
# folder. The target property DIALOGC_ARTIFACTS is the list of the artifacts.
cmake_policy(PUSH)
cmake_policy(VERSION 3.20...3.25) # CMP0116: DEPFILE for Ninja and Make alike

function(dialogc_add_dialogs target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "OUTPUT_DIRECTORY;PROJECT" "TEMPLATES;AUTH;OPTIONS")
    if(arg_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "dialogc_add_dialogs does not know: ${arg_UNPARSED_ARGUMENTS}")
    endif()
    if(NOT arg_TEMPLATES OR NOT arg_OUTPUT_DIRECTORY)
        message(FATAL_ERROR "dialogc_add_dialogs needs TEMPLATES and OUTPUT_DIRECTORY")
    endif()
    cmake_path(ABSOLUTE_PATH arg_OUTPUT_DIRECTORY
        BASE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR} NORMALIZE OUTPUT_VARIABLE output)
    set(common -q -j 1 ${arg_OPTIONS})
    if(arg_PROJECT)
        cmake_path(ABSOLUTE_PATH arg_PROJECT
            BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE OUTPUT_VARIABLE project)
        list(APPEND common -C ${project})
    endif()
    foreach(auth IN LISTS arg_AUTH)
        cmake_path(ABSOLUTE_PATH auth BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE)
        list(APPEND common --auth ${auth})
    endforeach()

    set(templates "")
    set(folders "")
    foreach(template IN LISTS arg_TEMPLATES)
        cmake_path(ABSOLUTE_PATH template BASE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR} NORMALIZE)
        cmake_path(GET template PARENT_PATH folder)
        list(APPEND templates ${template})
        list(APPEND folders ${folder})
    endforeach()
    list(REMOVE_DUPLICATES folders)
    set(known "")
    foreach(folder IN LISTS folders)
        list(APPEND known --known ${folder})
    endforeach()

    set(artifacts "")
    foreach(template IN LISTS templates)
        # artifacts are named after identifiers: changing one changes the rules
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${template})
        file(STRINGS ${template} line REGEX "^template:" LIMIT_COUNT 1)
        string(REGEX MATCH "^template:[ \t]*[\"']?([a-z][a-z0-9-]*)" matched "${line}")
        if(NOT matched)
            message(FATAL_ERROR "${template} has no line `template: IDENTIFIER`")
        endif()
        set(id ${CMAKE_MATCH_1})
        set(artifact ${output}/${id}.dialog.json)
        set(depfile ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.dir/${id}.d)
        file(MAKE_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.dir)
        add_custom_command(OUTPUT ${artifact}
            COMMAND dialogc::dialogc build ${common} ${known} -o ${output} --depfile ${depfile}
                ${template}
            DEPENDS ${template} dialogc::dialogc
            DEPFILE ${depfile}
            COMMENT "Compiling the dialog ${id}"
            VERBATIM)
        list(APPEND artifacts ${artifact})
    endforeach()

    # a list in a file: thousands of names do not fit on a command line
    set(list ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.dir/templates.txt)
    list(JOIN templates "\n" lines)
    file(GENERATE OUTPUT ${list} CONTENT "${lines}\n")
    set(stamp ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.dir/checked)
    add_custom_command(OUTPUT ${stamp}
        COMMAND dialogc::dialogc check ${common} @${list}
        COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
        DEPENDS ${artifacts} ${list}
        COMMENT "Checking the dialogs of ${target} together"
        VERBATIM)
    add_custom_target(${target} ALL DEPENDS ${artifacts} ${stamp})
    set_target_properties(${target} PROPERTIES DIALOGC_ARTIFACTS "${artifacts}")
endfunction()

cmake_policy(POP)
