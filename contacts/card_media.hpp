#pragma once
// A vCard without its pictures, sounds and keys, which are most of its octets and of no use here. Pure.

#include <string>
#include <string_view>

namespace tertius::contacts {

std::string without_media(std::string_view card);

}  // namespace tertius::contacts
