#pragma once
/// What the programs ask of CLI11 beyond what it has: words for enumerators, and numbers that are none but what people mean.
#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdlib>
#include <fmt/format.h>
#include <map>
#include <string>

#include "base/text.hpp"

namespace tollgate {

/// An option that takes one of the words, in any case. CLI11's own description of the enumerators would be as they are in memory.
template <class Enum>
void add_words(CLI::App& app, std::string const& flag, Enum& value, std::map<std::string, Enum> const& words, std::string const& what) {
  app.add_option_function<std::string>(
         flag, [&value, words](std::string const& word) { value = words.at(CLI::detail::to_lower(word)); }, what)
      ->check(CLI::IsMember(words, CLI::ignore_case).description(""));
}

/// CLI11 takes signs, octal and hexadecimal too, which nobody means, and what is too great for the greatest.
[[nodiscard]] inline CLI::Validator decimal() {
  return {[](std::string const& text) {
            bool const good = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos &&
                              (text == "0" || text[0] != '0') && to_number<std::uint64_t>(text);
            return good ? std::string() : "a decimal number of 64 bits, not \"" + text + "\"";
          },
          "UINT"};
}

/// CLI11 takes what is no number for one that lies in every range.
[[nodiscard]] inline CLI::Validator factor(double least, double most) {
  return {[least, most](std::string const& text) {
            char* end = nullptr;
            double const value = std::strtod(text.c_str(), &end);
            bool const good = end != text.c_str() && *end == '\0' && value >= least && value <= most;
            return good ? std::string() : fmt::format("a factor from {} to {}, not \"{}\"", least, most, text);
          },
          "FLOAT"};
}

}  // namespace tollgate
