#pragma once
/// What the pages of a run do by themselves: unpack a ladder when its case is opened, show the message behind an arrow, filter, follow a
/// link to a case, and, while the run goes on, hear from `--serve`. Nothing of a case is script: what comes is put in as elements, and the
/// page's policy lets no other script run.
#include <string_view>

namespace tollgate::reports {

[[nodiscard]] std::string_view html_script();
/// Behind it, on the page of a run that goes on. What it hears is JSON: {"id", "html"} replaces an element, {"running": [[id, seconds, what
/// it waits for]]}, {"ladder", "html"} is the inside of a running case's picture, {"over": true}.
[[nodiscard]] std::string_view live_script();

}  // namespace tollgate::reports
