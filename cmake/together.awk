# Prints "<group> <file>" for each C++ file of the command line: those of a group can be one translation unit. They lie in one folder,
# sixteen at most, and no two declare the same name at the outermost level, where a name of an anonymous namespace would be met again.
# The level is told by the first column, as clang-format writes it.
BEGIN { most = 16 }

FNR == 1 { files[++count] = FILENAME }

/^[A-Za-z]/ && !/^(namespace|using namespace|extern|TEST|TYPED_TEST|INSTANTIATE|static_assert|public|private|protected)/ {
  line = $0
  gsub(/<[^<>]*(<[^<>]*>[^<>]*)*>/, "", line)     # arguments of templates
  if (!match(line, /[({;=[]/)) next
  line = substr(line, 1, RSTART - 1)
  sub(/ (final|:).*$/, "", line)
  sub(/ +$/, "", line)
  if (match(line, /[A-Za-z_0-9:]+$/)) {
    name = substr(line, RSTART)
    if (name !~ /::/) names[FILENAME] = names[FILENAME] " " name
  }
}

function folder(file) { sub(/\/[^\/]*$/, "", file); return file }

function fits(file, group,   own, n, i) {
  if (group_folder[group] != folder(file) || members[group] >= most) return 0
  n = split(names[file], own, " ")
  for (i = 1; i <= n; ++i) if ((group, own[i]) in taken) return 0
  return 1
}

function join(file, group,   own, n, i) {
  group_folder[group] = folder(file)
  ++members[group]
  n = split(names[file], own, " ")
  for (i = 1; i <= n; ++i) taken[group, own[i]] = 1
  print group, file
}

END {
  for (f = 1; f <= count; ++f) {
    for (g = 1; g <= groups && !fits(files[f], g); ++g) {}
    if (g > groups) groups = g
    join(files[f], g)
  }
}
