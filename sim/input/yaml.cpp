#include "input/yaml.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>

#include "input/yaml_lines.hpp"

namespace spillway {

namespace {
constexpr std::size_t deepest = 32;         // chosen: a scenario needs six levels
constexpr std::size_t most_nodes = 100000;  // chosen: a hundred times the largest scenario

// The parser's events, not its node graph: a cycle or a shared node cannot even be built.
class Builder : public YAML::EventHandler {
 public:
  explicit Builder(SourcePtr source) : source_(std::move(source)) {}
  Node root;
  std::vector<Issue> issues;

  Place place(const YAML::Mark& mark) const {
    if (source_->lines.size() == 1 && source_->lines[0].empty()) return {source_, 1, 1};
    auto line = static_cast<std::size_t>(std::max(mark.line, 0)), byte = static_cast<std::size_t>(std::max(mark.column, 0));
    if (line >= source_->lines.size() || (line + 1 == source_->lines.size() && line > 0 && source_->lines[line].empty())) {
      line = source_->lines.size() - (source_->lines.back().empty() ? 2 : 1);
      byte = source_->lines[line].size();
    }
    return {source_, static_cast<int>(line) + 1, column_of(source_->lines[line], byte)};
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ == 0) return;
    const Place at = place(mark);
    const bool marker = source_->lines[static_cast<std::size_t>(at.line - 1)].starts_with("---");
    throw InputError({issue_at(at, {},
                               marker ? "a second document starts here; one file holds one scenario (share parts with `extends`)"
                                      : "text after the end of the content; check the indentation and the brackets above")});
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_properties(mark, "?", anchor);
    add(make(NodeKind::null, mark));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse(mark, "aliases ('*') are not supported; write the value out, or share it with `extends`");
    add(make(NodeKind::null, mark));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    const bool good = !refuse_properties(mark, tag, anchor);
    Node node = make(NodeKind::scalar, mark);
    node.text = value;
    node.quoted = tag != "?";
    if (good && node.quoted) check_closed(node.place, mark);
    add(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    open(NodeKind::list, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    open(NodeKind::map, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Frame {
    Node node;
    bool has_key = false;
    Entry pending{};
  };

  void refuse(const YAML::Mark& mark, std::string message) { issues.push_back(issue_at(place(mark), {}, std::move(message))); }

  bool refuse_properties(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (anchor != 0) refuse(mark, "anchors ('&') are not supported; put the value in quotes if it is text, or share values with `extends`");
    const bool tagged = (tag != "?" && tag != "!" && !tag.empty()) || character(mark) == '!';
    if (tagged) refuse(mark, "tags ('!') are not supported; put the value in quotes if it is text");
    return anchor != 0 || tagged;
  }

  char character(const YAML::Mark& mark) const {
    const auto line = static_cast<std::size_t>(mark.line), byte = static_cast<std::size_t>(mark.column);
    return line < source_->lines.size() && byte < source_->lines[line].size() ? source_->lines[line][byte] : '\0';
  }

  // The parser accepts a quote that is never closed and swallows the rest of the file with it.
  void check_closed(const Place& at, const YAML::Mark& mark) {
    const char quote = character(mark);
    if (quote != '"' && quote != '\'') return;
    std::size_t i = 0;
    for (int line = 0; line < mark.line; ++line) i += source_->lines[static_cast<std::size_t>(line)].size() + 1;
    const std::string& text = source_->text;
    for (i += static_cast<std::size_t>(mark.column) + 1; i < text.size(); ++i) {
      if (quote == '"' && text[i] == '\\') {
        ++i;
      } else if (text[i] == quote) {
        if (quote == '"' || i + 1 >= text.size() || text[i + 1] != '\'') return;
        ++i;
      }
    }
    issues.push_back(issue_at(at, {}, fmt::format("the quote {} opened here is not closed; add {} where it ends", quote, quote)));
  }

  Node make(NodeKind kind, const YAML::Mark& mark) {
    if (++nodes_ > most_nodes)
      throw InputError({issue_at(place(mark), {}, fmt::format("more than {} entries; is it the right file?", most_nodes))});
    Node node;
    node.kind = kind;
    node.place = place(mark);
    return node;
  }

  void open(NodeKind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    refuse_properties(mark, tag, anchor);
    if (stack_.size() >= deepest)
      throw InputError({issue_at(place(mark), {}, fmt::format("nested deeper than {} levels; is it the right file?", deepest))});
    stack_.push_back({make(kind, mark)});
  }

  void close() {
    Node node = std::move(stack_.back().node);
    stack_.pop_back();
    if (node.kind == NodeKind::map) check_duplicates(node);
    add(std::move(node));
  }

  void add(Node node) {
    if (stack_.empty()) {
      root = std::move(node);
    } else if (Frame& top = stack_.back(); top.node.kind == NodeKind::list) {
      top.node.items.push_back(std::move(node));
    } else if (!top.has_key) {
      take_key(top, std::move(node));
    } else {
      if (node.kind == NodeKind::null) node.place = top.pending.place;  // the parser gives the place of the next thing
      top.pending.value = std::move(node);
      top.node.entries.push_back(std::exchange(top.pending, {}));
      top.has_key = false;
    }
  }

  void take_key(Frame& top, Node node) {
    if (node.kind != NodeKind::scalar) issues.push_back(issue_at(node.place, {}, "a key must be a word; put it in quotes if it is one"));
    if (node.text == "<<" && !node.quoted)
      issues.push_back(issue_at(node.place, {}, "merge keys ('<<') are not supported; share values with `extends`"));
    top.pending.key = std::move(node.text);
    top.pending.place = node.place;
    top.has_key = true;
  }

  void check_duplicates(const Node& map) {
    std::vector<const Entry*> sorted;
    for (const Entry& entry : map.entries) sorted.push_back(&entry);
    std::stable_sort(sorted.begin(), sorted.end(), [](const Entry* a, const Entry* b) { return a->key < b->key; });
    for (std::size_t i = 1; i < sorted.size(); ++i)
      if (sorted[i]->key == sorted[i - 1]->key)
        issues.push_back(
            issue_at(sorted[i]->place, {},
                     fmt::format("'{}' is given twice, first in line {}; keep one of them", sorted[i]->key, sorted[i - 1]->place.line)));
  }

  SourcePtr source_;
  std::vector<Frame> stack_;
  std::size_t nodes_ = 0;
  int documents_ = 0;
};

void parse_into(Builder& builder, const SourcePtr& source, const LineScan& scan) {
  std::istringstream stream(source->text);
  try {
    YAML::Parser parser(stream);
    parser.HandleNextDocument(builder);
    if (parser && builder.issues.empty()) parser.HandleNextDocument(builder);  // throws at once: see OnDocumentStart
  } catch (const InputError& error) {
    builder.issues.insert(builder.issues.end(), error.issues().begin(), error.issues().end());
  } catch (const YAML::Exception& error) {
    builder.issues.push_back(explain_syntax_error(source, scan, builder.place(error.mark), error.msg));
  }
}
}  // namespace

const Entry* Node::find(std::string_view key) const {
  for (const Entry& entry : entries)
    if (entry.key == key) return &entry;
  return nullptr;
}

std::string kind_name(const Node& node) {
  switch (node.kind) {
    case NodeKind::null: return "nothing";
    case NodeKind::list: return "a list";
    case NodeKind::map: return "a map";
    case NodeKind::scalar: break;
  }
  return node.text.size() > 40 ? "text" : "'" + node.text + "'";
}

Node parse_yaml(const SourcePtr& source) {
  const LineScan scan = scan_lines(*source);
  std::vector<Issue> issues = find_line_problems(source, scan);
  if (!issues.empty()) throw InputError(std::move(issues));
  Builder builder(source);
  parse_into(builder, source, scan);
  if (!builder.issues.empty()) throw InputError(std::move(builder.issues));
  return std::move(builder.root);
}

}  // namespace spillway
