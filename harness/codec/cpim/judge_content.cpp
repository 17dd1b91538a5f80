//   Content-Type, Content-Disposition, Content-ID = as MIME has them                             RFC 3862 2.4
//   A notification has Content-Disposition "notification" and asks for none itself.              RFC 5438 7.2.1
#include "codec/cpim/judge_content.hpp"

#include <algorithm>
#include <utility>

#include "codec/cpim/headers.hpp"
#include "codec/cpim/imdn.hpp"
#include "codec/cpim/placed.hpp"
#include "codec/media_type.hpp"

namespace tollgate::cpim {

namespace {

class ContentJudge {
 public:
  ContentJudge(Message const& message, Deviations& found) : message_(message), found_(found) {}

  void headers(std::size_t offset) {
    for (auto const& header : message_.content_headers) {
      judge_line_end(header.raw, offset, found_);
      header_of(header, offset);
      offset += header.raw.size();
    }
    if (!has_type_)
      found_.note({offset, 0, "Content-Type", "RFC 3862 2", Strength::should, "missing: text/plain is assumed"}, Outcome::accept);
    judge_line_end(message_.content_headers_end, offset, found_);
    if (is_imdn_) notification(offset, offset + message_.content_headers_end.size());
  }

 private:
  void header_of(Header const& header, std::size_t offset) {
    auto const value_at = Placed{header, offset}.value_at();
    if (iequals(header.name, "Content-Type")) {
      if (std::exchange(has_type_, true))  // readers take the first
        return found_.note({offset, header.raw.size(), "Content-Type", "RFC 2045 3", Strength::must, "a second one"}, Outcome::either);
      auto const type = parse_media_type(header.value);
      is_imdn_ = type && type->is(imdn_type);
      if (type) return;
      auto const rest = header.value.size() - std::min(type.error().offset, header.value.size());
      found_.note(shifted(type.error(), value_at).error(), Outcome::reject, std::nullopt, rest);
    } else if (iequals(header.name, "Content-Length")) {
      if (to_number<std::size_t>(trim(header.value)) == message_.content.size()) return;
      found_.note({value_at, header.value.size(), "Content-Length", "RFC 3862 2", Strength::should,
                   "is not " + std::to_string(message_.content.size()) + ", the octets of the content"},
                  Outcome::either);
    }
  }

  void notification(std::size_t headers_end, std::size_t content) {
    if (auto const imdn = parse_imdn(message_.content); !imdn)
      found_.note(shifted(imdn.error(), content).error(), Outcome::either, std::nullopt, line_size(message_.content, imdn.error().offset));
    auto const value = message_.content_value("Content-Disposition");
    auto const disposition = value ? parse_disposition(*value) : invalid(0, "", "", "");
    if (!disposition || !iequals(disposition->type, "notification"))
      found_.note({headers_end, 0, "Content-Disposition", "RFC 5438 7.2.1", Strength::should, "is not notification"}, Outcome::accept);
    if (auto const asked = disposition_notification(message_); asked && !asked->empty() && asked->front() != Notification::none)
      found_.note({headers_end, 0, "Disposition-Notification", "RFC 5438 7.2.1", Strength::should, "a notification asks to be notified of"},
                  Outcome::either);
  }

  Message const& message_;
  Deviations& found_;
  bool has_type_ = false, is_imdn_ = false;
};

}  // namespace

void judge_content(Message const& message, std::size_t offset, Deviations& found) {
  ContentJudge(message, found).headers(offset);
}

}  // namespace tollgate::cpim
