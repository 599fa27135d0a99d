#pragma once
// Lays running text out in lines: white space collapses, blocks begin on lines of their own, quoted blocks
// stand behind "> ". No state but its own; not for several threads at once.

#include <string>
#include <string_view>

namespace tertius::mail {

class TextWriter {
 public:
  void text(std::string_view words);          // white space runs become one blank
  void preformatted(std::string_view lines);  // as it stands
  void space() { gap_ = true; }               // a blank before the next word, unless a line begins there
  void line_break();                          // <br>
  void block(int line_ends);                  // at least 1: a new line; 2: a blank line between
  void deeper() { block(2), ++depth_; }
  void shallower() { block(2), depth_ -= depth_ > 0 ? 1 : 0; }

  std::string_view written() const { return out_; }
  std::string take();  // no blank lines at its ends; ends in LF unless empty

 private:
  void begin_word();
  void put(std::string_view word);

  std::string out_;
  int line_ends_ = 0;  // to write before the next word
  int depth_ = 0;
  int line_depth_ = 0;  // of the last line written
  bool gap_ = false;
};

}  // namespace tertius::mail
