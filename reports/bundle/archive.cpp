#include "reports/bundle/archive.hpp"

#include <algorithm>
#include <archive.h>
#include <archive_entry.h>
#include <array>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <memory>

#include "base/assert.hpp"

namespace tollgate::reports {

namespace {

using Writer = std::unique_ptr<archive, decltype([](archive* a) { archive_write_free(a); })>;
using Reader = std::unique_ptr<archive, decltype([](archive* a) { archive_read_free(a); })>;
using Entry = std::unique_ptr<archive_entry, decltype([](archive_entry* e) { archive_entry_free(e); })>;

la_ssize_t append(archive* /*of*/, void* to, void const* data, std::size_t size) {
  static_cast<Octets*>(to)->append(static_cast<char const*>(data), size);
  return static_cast<la_ssize_t>(size);
}

bool leads_out(std::string_view name) {
  return name.empty() || name.starts_with('/') || name.contains('\0') || std::ranges::count(split(name, '/'), "..") > 0;
}

/// `tar` writes "./plan.json" where it is told to pack ".".
std::string name_in_run(std::string_view name) {
  return std::string(name.substr(name == "." ? 1 : name.starts_with("./") ? 2 : 0));
}

/// The octets of the entry that was just begun; the error is a sentence.
std::expected<Octets, std::string> octets_of_entry(archive* from, std::size_t most) {
  Octets octets;
  std::array<char, 1 << 16> some{};
  while (true) {
    auto const size = archive_read_data(from, some.data(), some.size());
    if (size == 0) return octets;
    if (size < 0) return std::unexpected(fmt::format("the archive is damaged: {}", archive_error_string(from)));
    if (octets.size() + static_cast<std::size_t>(size) > most) return std::unexpected("the archive holds more than 2 GiB");
    octets.append(some.data(), static_cast<std::size_t>(size));
  }
}

}  // namespace

Octets write_archive(Files const& files) {
  Octets octets;
  Writer const writer(archive_write_new());
  archive_write_add_filter_zstd(writer.get());
  archive_write_set_format_pax_restricted(writer.get());
  archive_write_set_bytes_in_last_block(writer.get(), 1);
  TOLLGATE_ASSERT(archive_write_open(writer.get(), &octets, nullptr, append, nullptr) == ARCHIVE_OK);
  for (auto const& [name, content] : files) {
    Entry const entry(archive_entry_new());
    constexpr int readable = 0644;
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), readable);
    TOLLGATE_ASSERT(archive_write_header(writer.get(), entry.get()) == ARCHIVE_OK);
    TOLLGATE_ASSERT(archive_write_data(writer.get(), content.data(), content.size()) == static_cast<la_ssize_t>(content.size()));
  }
  TOLLGATE_ASSERT(archive_write_close(writer.get()) == ARCHIVE_OK);
  return octets;
}

std::expected<Files, std::string> read_archive(std::string_view octets) {
  Reader const reader(archive_read_new());
  archive_read_support_filter_zstd(reader.get());
  archive_read_support_format_tar(reader.get());
  archive_read_set_format_option(reader.get(), "tar", "read_concatenated_archives", "1");  // what stands behind it is read as others would
  if (archive_read_open_memory(reader.get(), octets.data(), octets.size()) != ARCHIVE_OK)
    return std::unexpected(fmt::format("no bundle: {}", archive_error_string(reader.get())));
  Files files;
  auto left = archive_octets_max;
  std::size_t folders = 0;
  for (archive_entry* entry = nullptr;;) {
    auto const state = archive_read_next_header(reader.get(), &entry);
    if (state == ARCHIVE_EOF) return files;
    if (state != ARCHIVE_OK) return std::unexpected(fmt::format("the archive is damaged: {}", archive_error_string(reader.get())));
    auto const* const whole = archive_entry_pathname(entry);
    auto const name = name_in_run(whole == nullptr ? "" : whole);
    if (archive_entry_filetype(entry) == AE_IFDIR && (name.empty() || !leads_out(name)) && ++folders <= archive_files_max) continue;
    if (archive_entry_filetype(entry) != AE_IFREG || leads_out(name))
      return std::unexpected(fmt::format("the archive holds something else than files of a run: {}", printable(name)));
    if (files.size() == archive_files_max) return std::unexpected("the archive holds too many files");
    auto content = octets_of_entry(reader.get(), left);
    if (!content) return std::unexpected(content.error());
    left -= content->size();
    if (!files.emplace(name, std::move(*content)).second)
      return std::unexpected(fmt::format("the archive holds {} twice", printable(name)));
  }
}

std::expected<Files, std::string> files_below(std::filesystem::path const& folder) {
  Files files;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    if (at->is_symlink() || !at->is_regular_file()) continue;
    std::ifstream in(at->path(), std::ios::binary);
    Octets content(std::istreambuf_iterator<char>(in), {});
    if (!in) return std::unexpected(at->path().string() + " cannot be read");
    files.emplace(at->path().lexically_relative(folder).generic_string(), std::move(content));
  }
  if (error) return std::unexpected(fmt::format("{}: {}", folder.string(), error.message()));
  return files;
}

std::function<std::optional<std::string>(std::string const& name)> reader_of(Files const& files) {
  return [&files](std::string const& name) {
    auto const at = files.find(name);
    return at == files.end() ? std::nullopt : std::optional<std::string>(at->second);
  };
}

}  // namespace tollgate::reports
