#pragma once
/// The script of the page: it unpacks a ladder when its case is opened, and filters the cases. Without it every case is there, with a
/// link to its ladder. It asks nothing of anybody.
#include <string_view>

namespace tollgate::reports {

[[nodiscard]] std::string_view html_script();

}  // namespace tollgate::reports
