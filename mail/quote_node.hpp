#pragma once
// The HTML elements in which mail clients keep the mail being answered.

#include <span>
#include <string_view>

namespace tertius::mail {

enum class QuoteReach {
  node,          // the element and all in it
  rest,          // it and everything after it: the client closes nothing around the quote
  head_of_node,  // in it, what stands before the first quoted block; answers between blocks stay. Without a
                 // block: all
};

struct QuoteNode {
  std::string_view client;
  std::string_view element;    // empty: any
  std::string_view attribute;  // class, id, type, name
  std::string_view value;      // of class: one of its words; a leading '*' is any beginning of it
  QuoteReach reach;
};
std::span<const QuoteNode> quote_node_table();

// The row that fits an attribute of an element; null for none. Case is ignored.
const QuoteNode* find_quote_node(std::string_view element, std::string_view attribute,
                                 std::string_view value);

}  // namespace tertius::mail
