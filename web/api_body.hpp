#pragma once
// A JSON body against the members that an operation knows: what is missing, unknown or of another kind is
// named. Depth and size are bounded.

#include <boost/json/object.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "web/api_problem.hpp"

namespace tertius::web {

enum class BodyKind { text, texts, truth, number };

struct BodyMember {
  std::string_view name;
  BodyKind kind{};
  bool required = false;
  std::size_t most = 0;   // octets of a text, or of each of `texts`
  bool nullable = false;  // null is a value of its own
};

inline constexpr std::size_t most_texts = 10;

// Texts are cleaned as a form's are.
std::variant<boost::json::object, ApiProblem> read_body(std::string_view text,
                                                        std::span<const BodyMember> members);

// What stands there, of a body that was read; "" or none where nothing does.
std::string text_in(const boost::json::object& body, std::string_view name);
std::vector<std::string> texts_in(const boost::json::object& body, std::string_view name);
bool truth_in(const boost::json::object& body, std::string_view name);
std::optional<double> number_in(const boost::json::object& body, std::string_view name);

ApiProblem wrong_member(std::string_view name, const std::string& why);

}  // namespace tertius::web
