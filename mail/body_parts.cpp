#include "mail/body_parts.hpp"

#include "mail/ascii.hpp"
#include "mail/header_block.hpp"

namespace tertius::mail {
namespace {

bool is_media(std::string_view type) {
  return type.starts_with("image/") || type.starts_with("audio/") || type.starts_with("video/");
}

bool is_body_text(std::string_view type) { return type == "text/plain" || type == "text/html"; }

// Where a part stands: what RFC 8621's recursion hands down.
struct Context {
  std::string_view multipart = "mixed";
  bool in_alternative = false;
  bool takes_text = true;
  bool takes_html = true;
};

bool is_inline(const Part& part, std::size_t index, std::string_view multipart) {
  const std::string_view type = part.content_type.value;
  if (!is_body_text(type) && !is_media(type)) return false;
  const ParameterField disposition = read_parameters(find_field(part.headers, "content-disposition"));
  if (disposition.value == "attachment") return false;
  if (index == 0) return true;
  const bool named = !find_parameter(part.content_type, "name").empty() ||
                     !decoded_parameter(disposition, "filename").empty();
  return multipart != "related" && (is_media(type) || !named);
}

void add_leaf(const Part& part, Context& context, BodyParts& out) {
  const std::string_view type = part.content_type.value;
  if (context.multipart == "alternative") {
    (type == "text/plain" ? out.text : type == "text/html" ? out.html : out.attachments).push_back(&part);
    return;
  }
  if (context.in_alternative && type == "text/plain") context.takes_html = false;
  if (context.in_alternative && type == "text/html") context.takes_text = false;
  if (context.takes_text) out.text.push_back(&part);
  if (context.takes_html) out.html.push_back(&part);
  // RFC 8621 leaves a picture between two paragraphs out here; whoever counts attachments wants it counted.
  if (is_media(type)) out.attachments.push_back(&part);
}

void sort_into(const std::vector<Part>& parts, Context context, BodyParts& out) {
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part& part = parts[i];
    const std::string_view type = part.content_type.value;
    if (type.starts_with("multipart/") && !part.parts.empty()) {
      const std::string_view multipart = type.substr(10);
      sort_into(part.parts,
                {multipart, context.in_alternative || multipart == "alternative", context.takes_text,
                 context.takes_html},
                out);
    } else if (is_inline(part, i, context.multipart)) {
      add_leaf(part, context, out);
    } else {
      out.attachments.push_back(&part);
    }
  }
}

}  // namespace

BodyParts sort_parts(const Part& root) {
  BodyParts out;
  const bool multipart = root.content_type.value.starts_with("multipart/");
  if (multipart) {
    const std::string_view type = std::string_view(root.content_type.value).substr(10);
    sort_into(root.parts, {type, type == "alternative", true, true}, out);
    return out;
  }
  Context context;
  if (is_inline(root, 0, context.multipart))
    add_leaf(root, context, out);
  else
    out.attachments.push_back(&root);
  return out;
}

}  // namespace tertius::mail
