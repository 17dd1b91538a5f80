#pragma once
/// The style sheet of `index.html`; html.cpp writes the classes that it names.
#include <string_view>

namespace tollgate::reports {

[[nodiscard]] std::string_view html_style();

}  // namespace tollgate::reports
