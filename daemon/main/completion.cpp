#include "daemon/main/completion.hpp"

namespace tertius::daemon {

namespace {

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// fish knows \' and \\ within single quotes, and no '\''.
std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

// "'tertius member add'|'tertius member list'": the places that one word leads to.
std::string places(const std::vector<CommandRow>& table) {
  std::string out;
  for (const CommandRow& command : table)
    if (&command != &table.front()) out += (out.empty() ? "" : "|") + shell_quoted(command.path);
  return out;
}

// Cases of "<place> <option>" for options that take a value; files where it may be any.
std::string value_cases(const std::vector<CommandRow>& table, std::string_view any, std::string_view before,
                        std::string_view after) {
  std::string out;
  for (const CommandRow& command : table) {
    for (const OptionRow& option : command.options) {
      if (option.value.empty()) continue;
      for (const auto& flag : option.flags)
        out += "    " + shell_quoted(command.path + " " + flag) + ") " +
               (option.values.empty()
                    ? std::string(any)
                    : std::string(before) + shell_quoted(joined(option.values)) + std::string(after)) +
               "; return ;;\n";
    }
  }
  return out;
}

std::string words_of(const CommandRow& command) {
  std::vector<std::string> words;
  for (const auto& [name, meaning] : command.below) words.push_back(name);
  for (const OptionRow& option : command.options)
    if (option.flags.empty()) words.insert(words.end(), option.values.begin(), option.values.end());
  return joined(words);
}

std::string options_of(const CommandRow& command) {
  std::vector<std::string> words;
  for (const OptionRow& option : command.options)
    words.insert(words.end(), option.flags.begin(), option.flags.end());
  return joined(words);
}

// zsh has an array of its own that is called words.
std::string word_cases(const std::vector<CommandRow>& table, const std::string& variable = "words") {
  std::string out;
  for (const CommandRow& command : table)
    out += "    " + shell_quoted(command.path) + ") " + variable + "=" + shell_quoted(words_of(command)) +
           " options=" + shell_quoted(options_of(command)) + " ;;\n";
  return out;
}

}  // namespace

std::string bash_completion(const std::vector<CommandRow>& table) {
  return "# bash completion for tertius; `tertius completion bash` prints it.\n"
         "_tertius() {\n"
         "  local place=tertius word words options i current=${COMP_WORDS[COMP_CWORD]}\n"
         "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "    word=\"$place ${COMP_WORDS[i]}\"\n"
         "    case \"$word\" in " +
         places(table) +
         ") place=$word ;; esac\n"
         "  done\n"
         "  case \"$place ${COMP_WORDS[COMP_CWORD - 1]}\" in\n" +
         value_cases(table, "COMPREPLY=($(compgen -f -- \"$current\"))", "COMPREPLY=($(compgen -W ",
                     " -- \"$current\"))") +
         "  esac\n"
         "  case \"$place\" in\n" +
         word_cases(table) +
         "  esac\n"
         "  [[ $current == -* ]] && words=$options\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
         "  [[ -n $words ]] || COMPREPLY=($(compgen -f -- \"$current\"))\n"
         "}\n"
         "complete -o filenames -F _tertius tertius\n";
}

std::string zsh_completion(const std::vector<CommandRow>& table) {
  return "#compdef tertius\n"
         "# `tertius completion zsh` prints it.\n"
         "local place=tertius word next_words options\n"
         "for word in ${words[2,CURRENT-1]}; do\n"
         "  case \"$place $word\" in " +
         places(table) +
         ") place=\"$place $word\" ;; esac\n"
         "done\n"
         "case \"$place ${words[CURRENT-1]}\" in\n" +
         value_cases(table, "_files", "compadd -- ${=:-", "}") +
         "esac\n"
         "case \"$place\" in\n" +
         word_cases(table, "next_words") +
         "esac\n"
         "[[ $PREFIX == -* ]] && next_words=$options\n"
         "if [[ -n $next_words ]]; then compadd -- ${=next_words}; else _files; fi\n";
}

std::string fish_completion(const std::vector<CommandRow>& table) {
  std::string out =
      "# fish completion for tertius; `tertius completion fish` prints it.\n"
      "function __tertius_at\n"
      "  set -l place tertius\n"
      "  for word in (commandline -opc)[2..-1]\n"
      "    switch \"$place $word\"\n"
      "      case";
  for (const CommandRow& command : table)
    if (&command != &table.front()) out += " " + fish_quoted(command.path);
  out +=
      "\n"
      "        set place \"$place $word\"\n"
      "    end\n"
      "  end\n"
      "  test \"$place\" = \"$argv\"\n"
      "end\n";
  for (const CommandRow& command : table) {
    const std::string here = "complete -c tertius -n " + fish_quoted("__tertius_at " + command.path);
    for (const auto& [name, meaning] : command.below)
      out += here + " -f -a " + name + " -d " + fish_quoted(meaning) + "\n";
    for (const OptionRow& option : command.options) {
      if (option.flags.empty()) {
        if (!option.values.empty()) out += here + " -f -a " + fish_quoted(joined(option.values)) + "\n";
        continue;
      }
      out += here;
      for (const auto& flag : option.flags)
        out += flag.starts_with("--") ? " -l " + flag.substr(2) : " -s " + flag.substr(1);
      if (!option.value.empty()) out += " -r";
      if (!option.values.empty()) out += " -f -a " + fish_quoted(joined(option.values));
      out += " -d " + fish_quoted(option.meaning) + "\n";
    }
  }
  return out;
}

}  // namespace tertius::daemon
