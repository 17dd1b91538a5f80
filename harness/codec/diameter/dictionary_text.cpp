// Words and signs of `dictionary.dia`.
//
//   token   = word / "::=" / "@" / "<" / ">" / "{" / "}" / "[" / "]" / "*" / "," / ":" / any other octet
//   word    = 1*(ALPHA / DIGIT / "-" / "_" / "." / "/")
//   comment = ("#" / ";") *(any octet but LF)
#include "codec/diameter/dictionary_text.hpp"

namespace tollgate::diameter {

static bool is_word_octet(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '/';
}

bool Token::is_word() const {
  return !text.empty() && is_word_octet(text.front());
}

Token Tokens::read() {
  bool in_comment = false;
  for (; at_ < text_.size(); ++at_) {
    char const c = text_[at_];
    if (c == '\n') in_comment = false;
    if (c == '#' || c == ';') in_comment = true;
    if (!in_comment && c != ' ' && c != '\t' && c != '\r' && c != '\n') break;
  }
  auto const start = at_;
  auto const rest = text_.substr(start);
  if (rest.empty()) return {rest, start};
  std::size_t size = 0;
  while (size < rest.size() && is_word_octet(rest[size])) ++size;
  if (size == 0) size = rest.starts_with("::=") ? 3 : 1;
  at_ = start + size;
  return {rest.substr(0, size), start};
}

Token Tokens::take() {
  auto const token = next_;
  next_ = read();
  return token;
}

bool Tokens::take_if(std::string_view expected) {
  if (!next_.is(expected)) return false;
  take();
  return true;
}

}  // namespace tollgate::diameter
