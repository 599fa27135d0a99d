#include "mail/delivered.hpp"

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/header_block.hpp"

namespace tertius::mail {

namespace {

std::string address_in(std::string_view value) {
  const auto open = value.find('<');
  if (open != value.npos) value = value.substr(open + 1, value.find('>', open) - open - 1);
  return std::string(trim(value));
}

bool names_recipient(const HeaderField& field) {
  return equals_ignoring_case(field.name, "Delivered-To") ||
         equals_ignoring_case(field.name, "X-Original-To");
}

std::string sender_in(const std::vector<HeaderField>& fields) {
  const auto is_path = [](const HeaderField& field) {
    return equals_ignoring_case(field.name, "Return-Path");
  };
  const auto path = std::ranges::find_if(fields, is_path);
  return address_in(path == fields.end() ? find_field(fields, "From") : std::string_view(path->value));
}

}  // namespace

DeliveredEnvelope delivered_envelope(std::string_view letter) {
  const auto fields = read_header_block(letter.substr(0, header_block_length(letter)));
  const auto recipient = std::ranges::find_if(fields, names_recipient);
  return {sender_in(fields), recipient == fields.end() ? "" : address_in(recipient->value)};
}

}  // namespace tertius::mail
