# What the program says of itself: its manual pages and the shells' completions. Written by the program that was just
# built, so that they are never of another.
function(tertius_written out folder name)
  set(file ${CMAKE_BINARY_DIR}/manual/${out})
  add_custom_command(OUTPUT ${file} COMMAND tertius ${ARGN} > ${file}.new
                     COMMAND ${CMAKE_COMMAND} -E rename ${file}.new ${file} DEPENDS tertius VERBATIM)
  install(FILES ${file} DESTINATION ${folder} RENAME ${name} COMPONENT program)
  set_property(GLOBAL APPEND PROPERTY tertius_manual ${file})
endfunction()

file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/manual)
tertius_written(tertius.8 ${CMAKE_INSTALL_MANDIR}/man8 tertius.8 manual)
tertius_written(tertius.toml.5 ${CMAKE_INSTALL_MANDIR}/man5 tertius.toml.5 manual --config)
tertius_written(tertius.bash ${CMAKE_INSTALL_DATADIR}/bash-completion/completions tertius completion bash)
tertius_written(tertius.fish ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d tertius.fish completion fish)
tertius_written(tertius.zsh ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions _tertius completion zsh)
get_property(written GLOBAL PROPERTY tertius_manual)
add_custom_target(manual ALL DEPENDS ${written})
