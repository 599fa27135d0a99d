#include "tests/bench/peers/mimetic_compose.hpp"

#include <mimetic/mimetic.h>

#include <memory>
#include <sstream>

namespace tertius::bench {
namespace {

std::unique_ptr<mimetic::MimeEntity> text_part(const char* subtype, const std::string& text) {
  auto part = std::make_unique<mimetic::MimeEntity>();
  part->header().contentType().set(std::string("text/") + subtype + "; charset=utf-8");
  part->header().contentTransferEncoding().mechanism("quoted-printable");
  part->body().assign(text);
  part->body().code(mimetic::QP::Encoder());
  return part;
}

std::string text_of(const Mailbox& mailbox) { return "\"" + mailbox.name + "\" <" + mailbox.address + ">"; }

}  // namespace

std::string mimetic_compose(const mail::Composition& mail) {
  mimetic::MultipartAlternative both;
  mimetic::Header& header = both.header();
  header.from(text_of(mail.from));
  header.to(text_of(mail.to.front()));
  header.replyto(text_of(mail.reply_to.front()));
  header.subject(mail.subject);
  header.messageid(mimetic::MessageId("<" + mail.message_id + ">"));
  header.mimeVersion(mimetic::MimeVersion(1, 0));
  both.body().parts().push_back(text_part("plain", mail.text).release());
  both.body().parts().push_back(text_part("html", mail.html).release());
  std::ostringstream out;
  out << both;
  return std::move(out).str();
}

}  // namespace tertius::bench
