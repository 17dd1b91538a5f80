#pragma once
/// Finds the functions of a file by its braces alone: no types, no macros, no preprocessor.
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tollgate::tidy {

struct FunctionExtent {
  std::string name;       ///< the word before the first parenthesis, `f` of `auto f = [](int x) {`
  std::size_t begin = 0;  ///< offset of the first character of the declaration
  std::size_t end = 0;    ///< offset of the closing brace
};

/// In the order of the text; `code` is `Source::code`. Functions of classes within functions are part of the outer one.
[[nodiscard]] std::vector<FunctionExtent> functions_in(std::string_view code);

}  // namespace tollgate::tidy
