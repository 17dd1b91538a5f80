#pragma once
/// A form that a value has as a whole: a POSIX extended regular expression. (std::regex recurses, and takes the compiler half a
/// minute.)
#include <expected>
#include <memory>
#include <regex.h>
#include <string>
#include <string_view>

namespace tollgate {

class Pattern {
 public:
  /// The error is what regcomp says.
  [[nodiscard]] static std::expected<Pattern, std::string> compile(std::string const& text);
  /// Nothing longer than 64 KiB has any form.
  [[nodiscard]] bool fits(std::string_view value) const;

 private:
  struct Free {
    void operator()(regex_t* compiled) const;
  };
  std::unique_ptr<regex_t, Free> compiled_;
};

}  // namespace tollgate
