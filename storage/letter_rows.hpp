#pragma once
// Rows of `letters` for the files of this folder that read them.

#include <span>
#include <string_view>

#include "storage/letters.hpp"

namespace tertius::storage {

std::span<const std::string_view> letter_list_columns();  // all but `raw`
LetterRow read_letter_list_row(const Row& row);

}  // namespace tertius::storage
