#pragma once
// The files of this folder that travel inside the binary, so that one file is the whole program.
// Written by cmake/embed.cmake; names are paths below web/, sorted.

#include <span>
#include <string_view>

namespace tertius::web {

struct EmbeddedFile {
  std::string_view name;
  std::string_view text;
};

std::span<const EmbeddedFile> embedded_files();

}  // namespace tertius::web
