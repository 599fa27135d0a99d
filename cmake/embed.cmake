# cmake -DFOLDER=... -DNAME=... -DFILES=a|b -DOUT=... -P embed.cmake: writes the files as raw string literals.
string(REPLACE "|" ";" files "${FILES}")
set(rows "")
foreach(file IN LISTS files)
  file(READ "${FOLDER}/${file}" text)
  string(APPEND rows "    {\"${file}\", R\"~embedded~(${text})~embedded~\"sv},\n")
endforeach()
file(WRITE "${OUT}" "#include \"${NAME}/embedded.hpp\"\n\n#include <array>\n\n"
  "namespace tertius::${NAME} {\nusing namespace std::literals;  // lengths are not counted while compiling\n"
  "std::span<const EmbeddedFile> embedded_files() {\n"
  "  static constexpr auto files = std::to_array<EmbeddedFile>({\n${rows}  });\n"
  "  return files;\n}\n}  // namespace tertius::${NAME}\n")
