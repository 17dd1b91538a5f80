#pragma once
/// What xmllint, which we did not write, says of an XML document and a schema of ours.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <unistd.h>

namespace tollgate {

/// `schema` is relative to the tree. "" when the document is valid; else "not valid: " and xmllint's words, or the shell's where it
/// is not installed.
inline std::string checked_by_xmllint(std::string_view document, std::string_view schema) {
  auto const stem = testing::TempDir() + "schema-" + std::to_string(::getpid());
  std::ofstream(stem + ".xml", std::ios::binary) << document;
  auto const command = "xmllint --noout --huge --schema '" + (std::filesystem::path(TOLLGATE_SOURCE_DIR) / schema).string() + "' '" + stem +
                       ".xml' >" + stem + ".txt 2>&1";
  bool const is_valid = std::system(command.c_str()) == 0;  // NOLINT(concurrency-mt-unsafe): a test has one thread
  std::ifstream said(stem + ".txt");
  constexpr std::size_t enough = 2000;
  auto const why = std::string(std::istreambuf_iterator<char>(said), {}).substr(0, enough);
  std::filesystem::remove(stem + ".xml");
  std::filesystem::remove(stem + ".txt");
  return is_valid ? "" : "not valid: " + why;
}

}  // namespace tollgate
