# Prints "<group> <file>" for each C++ file of the command line: those of a group can be one translation unit. They are sixteen at
# most, and no name that one declares at the outermost level of a namespace is declared there, or brought in by `using`, in another:
# of an anonymous namespace it would be met again. The level is told by the first column, as clang-format writes it.
BEGIN { most = 16 }

FNR == 1 { files[++count] = FILENAME; within = "" }

/^namespace [a-z].*\{$/ { within = within "::" $2 }
/^}  \/\/ namespace [a-z]/ { within = substr(within, 1, length(within) - length($4) - 2) }

/^using [A-Za-z_0-9:]+;$/ {
  name = $2
  sub(/^.*::/, "", name)
  sub(/;$/, "", name)
  used[FILENAME] = used[FILENAME] " " within "::" name
}

/^[A-Za-z]/ && !/^(namespace|using namespace|extern|TEST|TYPED_TEST|INSTANTIATE|static_assert|public|private|protected)/ {
  line = $0
  gsub(/<[^<>]*(<[^<>]*>[^<>]*)*>/, "", line)     # arguments of templates
  if (!match(line, /[({;=[]/)) next
  line = substr(line, 1, RSTART - 1)
  sub(/ (final|:).*$/, "", line)
  sub(/ +$/, "", line)
  if (match(line, /[A-Za-z_0-9:]+$/)) {
    name = substr(line, RSTART)
    if (name !~ /::/) names[FILENAME] = names[FILENAME] " " within "::" name
  }
}

function any(list, group, kind,   own, n, i) {
  n = split(list, own, " ")
  for (i = 1; i <= n; ++i) if ((group, kind, own[i]) in taken) return 1
  return 0
}

function fits(file, group) {
  if (members[group] >= most) return 0
  return !any(names[file], group, "declared") && !any(names[file], group, "used") && !any(used[file], group, "declared")
}

function take(list, group, kind,   own, n, i) {
  n = split(list, own, " ")
  for (i = 1; i <= n; ++i) taken[group, kind, own[i]] = 1
}

function join(file, group) {
  ++members[group]
  take(names[file], group, "declared")
  take(used[file], group, "used")
  print group, file
}

END {
  for (f = 1; f <= count; ++f) {
    for (g = 1; g <= groups && !fits(files[f], g); ++g) {}
    if (g > groups) groups = g
    join(files[f], g)
  }
}
