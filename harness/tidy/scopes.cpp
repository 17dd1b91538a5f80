// A declaration is read up to its first brace with every bracketed part shortened to "()" or "{}". Its words then tell
// whether the brace opens a scope to look into, a function, or an initialiser. Linear in the size of the file.
#include "tidy/scopes.hpp"

#include <algorithm>
#include <optional>

#include "tidy/source.hpp"

namespace tollgate::tidy {
namespace {

using Words = std::vector<std::string_view>;

/// Words and punctuation, "::" "->" "()" "{}" each as one.
Words words_of(std::string_view head) {
  Words words;
  for (auto at = skip_space(head, 0); at < head.size(); at = skip_space(head, at)) {
    std::size_t size = 1;
    if (is_word(head[at])) {
      while (at + size < head.size() && is_word(head[at + size])) ++size;
    } else if (auto const two = head.substr(at, 2); two == "::" || two == "->" || two == "()" || two == "{}") {
      size = 2;
    }
    words.push_back(head.substr(at, size));
    at += size;
  }
  return words;
}

bool has(Words const& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

bool is_class_key(std::string_view word) {
  return word == "class" || word == "struct" || word == "union";
}

/// The index behind `<...>` when `words[from]` opens one.
std::size_t past_angles(Words const& words, std::size_t from) {
  if (from >= words.size() || words[from] != "<") return from;
  std::size_t depth = 0;
  for (; from < words.size(); ++from) {
    if (words[from] == "<") ++depth;
    if (words[from] == ">" && --depth == 0) return from + 1;
  }
  return from;
}

/// Without what misleads: template parameters, requires-clauses in parentheses, attributes, alignas, and the symbol
/// after `operator`.
Words without_ornament(Words const& words) {
  Words out;
  for (std::size_t i = 0; i < words.size();) {
    auto const next = i + 1 < words.size() ? words[i + 1] : std::string_view{};
    if (words[i] == "template" && next == "<") {
      i = past_angles(words, i + 1);
    } else if ((words[i] == "requires" || words[i] == "alignas") && next == "()") {
      i += 2;
    } else if (words[i] == "[" && next == "[") {
      while (i < words.size() && words[i] != "]") ++i;
      i += 2;
    } else if (words[i] == "operator") {
      out.push_back(words[i++]);
      while (i < words.size() && !is_word(words[i].front()) && words[i] != "()") ++i;
    } else {
      out.push_back(words[i++]);
    }
  }
  return out;
}

enum class Opens : std::uint8_t { scope, function, initialiser };

/// After the parameters, a colon begins the member initialisers: there `a_{` opens one and only `) {` or `} {` the
/// body.
bool within_member_initialisers(Words const& words) {
  auto const parameters = std::ranges::find(words, "()");
  if (std::ranges::find(parameters, words.end(), ":") == words.end()) return false;
  return is_word(words.back().front()) || words.back() == ">";
}

Opens what_opens(Words const& words) {
  if (words.empty() || has(words, "enum")) return Opens::initialiser;
  if (has(words, "namespace")) return Opens::scope;
  if (words.front() == "extern" && words.size() == 1) return Opens::scope;
  bool const names_class = std::ranges::any_of(words, is_class_key);
  auto const assigns = std::ranges::find(words, "=");
  if (assigns != words.end()) {
    bool const lambda = std::next(assigns) != words.end() && *std::next(assigns) == "[";
    return lambda ? Opens::function : Opens::initialiser;
  }
  auto const parameters = std::ranges::find(words, "()");
  if (parameters == words.end()) return names_class ? Opens::scope : Opens::initialiser;
  auto const bases = std::ranges::find(words.begin(), parameters, ":");
  if (names_class && bases != parameters) return Opens::scope;
  return within_member_initialisers(words) ? Opens::initialiser : Opens::function;
}

std::string name_of(Words const& words) {
  auto end = std::ranges::find(words, "=");
  if (end == words.end()) end = std::ranges::find(words, "()");
  return end == words.begin() ? std::string("(unnamed)") : std::string(*std::prev(end));
}

/// Directives blanked, with their continuation lines; both branches of an #if stay.
std::string without_directives(std::string_view code) {
  std::string out(code);
  bool fresh = true;
  bool directive = false;
  for (std::size_t at = 0; at < out.size(); ++at) {
    char const c = out[at];
    if (c == '\n') {
      directive = directive && at > 0 && code[at - 1] == '\\';
      fresh = true;
      continue;
    }
    if (fresh && c == '#') directive = true;
    if (c != ' ' && c != '\t') fresh = false;
    if (directive) out[at] = ' ';
  }
  return out;
}

/// The offset of the bracket that closes the one at `open`; the last character when none does. Counts all three kinds
/// alike: in code that compiles they are nested well.
std::size_t closing(std::string_view code, std::size_t open) {
  std::size_t depth = 0;
  for (auto at = open; at < code.size(); ++at) {
    if (code[at] == '(' || code[at] == '{') ++depth;
    if ((code[at] == ')' || code[at] == '}') && --depth == 0) return at;
  }
  return code.size() - 1;
}

class Reader {
 public:
  explicit Reader(std::string_view code) : code_(without_directives(code)) {}

  std::vector<FunctionExtent> read() {
    for (; at_ < code_.size(); ++at_) step(code_[at_]);
    return std::move(functions_);
  }

 private:
  void step(char c) {
    if (c == ';' || c == '}') return forget();
    if (c == '(') return shorten("()");
    if (c == '{') return open();
    if (c == ':' && ends_access_specifier()) return forget();
    if (head_.empty()) {
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return;
      begin_ = at_;
    }
    head_ += c;
  }

  void open() {
    auto const words = without_ornament(words_of(head_));
    switch (what_opens(words)) {
      case Opens::scope: return forget();
      case Opens::initialiser: return shorten("{}");
      case Opens::function: break;
    }
    auto const end = closing(code_, at_);
    functions_.push_back({.name = name_of(words), .begin = begin_, .end = end});
    at_ = end;
    forget();
  }

  void shorten(std::string_view brackets) {
    if (head_.empty()) begin_ = at_;
    head_ += brackets;
    at_ = closing(code_, at_);
  }

  [[nodiscard]] bool ends_access_specifier() const { return head_ == "public" || head_ == "protected" || head_ == "private"; }

  void forget() { head_.clear(); }

  std::string code_;
  std::string head_;  ///< the declaration so far, shortened
  std::size_t begin_ = 0;
  std::size_t at_ = 0;
  std::vector<FunctionExtent> functions_;
};

}  // namespace

std::vector<FunctionExtent> functions_in(std::string_view code) {
  return Reader(code).read();
}

}  // namespace tollgate::tidy
