# Plays the steps of a finding against a server once, with what perl-base has. repro.sh calls it; README.md says what it does.
# Our messages go out octet by octet as they were recorded; only what lives in a session is put in anew: what the server chose this
# time (tags, branches, Session-Id, Hop-by-Hop, nonce, paths) and the addresses.
use strict;
use warnings;
use IO::Select;
use IO::Socket::IP;
use List::Util qw(max min);
use POSIX ();
use Socket qw(SOCK_DGRAM SOCK_STREAM SOL_SOCKET SO_LINGER IPPROTO_TCP TCP_NODELAY);

use constant { REPRODUCED => 1, NOT_REPRODUCED => 0, CANNOT_TELL => 125, WATCHDOG => 'tgdw' };  # the last: Hop-by-Hop of our DWRs
$SIG{PIPE} = 'IGNORE';
$| = 1;

my ($folder, $log, $given, $charging_given) = @ARGV;
require "$folder/live_values.pl";
my (%plan, @steps, %recorded);          # steps.txt, and the octets of each message by its file
our ($needs_password, %live, %moved);   # what was recorded -> what it is this time: values, and ports of ours
my (%listener, %udp, %connection);      # by address; by actor, channel, local and remote
my (%reader, %inbox, %came_on, %theirs);
my ($server, $server_address, $server_end, $at_rest, $misses, $others) = (undef, undef, undef, 0, 0, 0);
my ($watchdogs, $knows_watchdogs) = (0, 0);
my $looks = 0;                          # what follows is a flow that passes on a fresh server
my $has_capabilities = 0;               # the server has the answer to its CER that was changed
my $ready = IO::Select->new;

sub now { return (POSIX::times())[0] / POSIX::sysconf(&POSIX::_SC_CLK_TCK) }
sub give_up { print "cannot tell: @_\n"; end_server('KILL'); exit CANNOT_TELL }
sub plain { my ($word) = @_; $word =~ s/%([0-9A-F]{2})/chr hex $1/ge; return $word }

# What steps.txt has not, for it was secret: the environment of whoever runs this has it.
sub secret { my ($name) = @_; return $ENV{$name} // give_up("$name has to stand in the environment, as it did when the server was launched") }

sub file { my ($path) = @_; open my $in, '<:raw', $path or give_up("$path: $!"); local $/; return scalar <$in> // '' }

# "17 sends 1.alice sip udp LOCAL REMOTE 001-alice-sip.raw about=- pieces=0": milliseconds since the step before.
sub read_plan {
  for (split /\n/, file("$folder/steps.txt")) {
    next if /^#/ || /^$/;
    my ($first, @rest) = map { plain($_) } split / /;
    if ($first !~ /^\d+$/) { push @{$plan{$first}}, @rest; next }
    my %step = (after => $first / 1000);
    @step{qw(does actor channel transport local remote file about pieces)} = @rest;
    $step{actor} = 'ocs' if $step{channel} eq 'ch2';  # one for all flows
    $recorded{$step{file}} = file("$folder/messages/$step{file}") if $step{file} ne '-';
    push @steps, \%step;
  }
  give_up('it went over TLS, which this script has not; `tollgate repro` has') if grep { $_->{transport} eq 'tls' } @steps;
}

# ---- sockets

sub avp { my ($code, $value) = @_; return pack('N N', $code, 0x40 << 24 | 8 + length $value) . $value . "\0" x (-length($value) % 4) }
sub origin { my (undef, undef, $host, $realm) = @{$plan{charging}}; return avp(264, $host) . avp(296, $realm) }

# The Charging Enabler answers capabilities, watchdogs and the end of a connection by itself.
sub answers_peer {
  my ($socket, $octets) = @_;
  return 0 if !is_diameter($octets);
  if (!(ord(substr $octets, 4, 1) & 0x80)) {
    my $is_ours = substr($octets, 12, 4) eq WATCHDOG && (unpack('N', substr $octets, 4, 4) & 0xffffff) == 280;
    $reader{$socket}{owes} = 0, $knows_watchdogs = 1 if $is_ours;
    return $is_ours;
  }
  my $command = unpack('N', substr $octets, 4, 4) & 0xffffff;
  return 0 if $command != 257 && $command != 280 && $command != 282;
  $reader{$socket}{is_open} = $command == 257 if $command != 280;
  if ($command == 257 && $plan{capabilities} && !$has_capabilities++) {
    my $answer = file("$folder/messages/$plan{capabilities}[0]");
    substr($answer, 12, 8) = substr $octets, 12, 8 if length $answer >= 20;  # Hop-by-Hop, End-to-End
    $reader{$socket}{is_broken} = 1;
    syswrite $socket, $answer;
    return 1;
  }
  my $body = avp(268, pack 'N', 2001) . origin();
  $body .= avp(257, pack 'n C4', 1, 127, 0, 0, 1) . avp(266, pack 'N', 0) . avp(269, 'tollgate') . avp(258, pack 'N', 4) if $command == 257;
  syswrite $socket, pack('N N', 1 << 24 | 20 + length $body, $command) . substr($octets, 8, 12) . $body;
  return 1;
}

sub watch { my ($socket, %more) = @_; $socket->blocking(0); $reader{$socket} = {socket => $socket, buffer => '', %more}; $ready->add($socket); return $socket }
sub forget { my ($socket) = @_; $ready->remove($socket); delete $reader{$socket}; close $socket }

sub listen_at {  # UDP and TCP on that address, on another port where somebody else has it
  my ($recorded, $actor, $channel) = @_;
  return if $listener{$recorded};
  my ($host, $port) = $recorded =~ /^\[?(.*?)\]?:(\d+)$/ or return;
  for (1 .. 20) {
    my $tcp = IO::Socket::IP->new(LocalHost => $host, LocalPort => $port, Type => SOCK_STREAM, Listen => 64, ReuseAddr => 1);
    my $udp = $tcp && IO::Socket::IP->new(LocalHost => $host, LocalPort => $tcp->sockport, Type => SOCK_DGRAM, Proto => 'udp');
    $port = 0, next if !$udp;
    $listener{$recorded} = watch($tcp, actor => $actor, channel => $channel, accepts => $recorded);
    $udp{$recorded} = watch($udp, actor => $actor, channel => $channel, datagrams => 1);
    my ($was) = $recorded =~ /:(\d+)$/;
    return if $tcp->sockport == $was;
    $moved{$was} = $tcp->sockport if $was;
    $live{$recorded} = $recorded =~ s/\d+$/$tcp->sockport/er;
    return;
  }
  give_up("no address to listen at: $recorded: $!");
}

# At every address of ours that the step uses or names.
sub listen_for {
  my ($step) = @_;
  my $ours = $step->{local} =~ s/:\d+$//r;
  my @sip = $step->{transport} eq 'udp' ? $step->{local} : ();
  my @msrp;
  if ($step->{does} eq 'sends' && $step->{channel} eq 'sip') {
    push @sip, $recorded{$step->{file}} =~ m{^(?:Via|v|Contact|m)\s*:[^\r\n]*?[ @](\Q$ours\E:\d{4,5})\b}mgi;
    @msrp = grep { !$theirs{$_} } $recorded{$step->{file}} =~ m{a=path:msrp://(\Q$ours\E:\d{4,5})\b}g;
  }
  @sip = grep { !$theirs{$_} } @sip;
  listen_at($_, $step->{actor}, 'sip') for @sip;
  listen_at($_, $step->{actor}, 'msrp') for @msrp;
  $step->{owns} = [@sip, @msrp];
}

# A port of a flow that has ended may be another flow's now.
sub own {
  my ($step) = @_;
  for my $address (@{$step->{owns} // []}) { $reader{$_}{actor} = $step->{actor} for grep { $reader{$_} } $listener{$address}, $udp{$address} }
}

sub take {
  my ($from, $octets) = @_;
  return if $octets !~ /[^\r\n]/ || answers_peer($from->{socket}, $octets);
  push @{$inbox{$from->{actor}}{$from->{channel}}}, {octets => $octets, kind => kind($octets), on => $from->{socket}};
}

sub pump {  # whatever comes within so many seconds
  my ($seconds) = @_;
  my $end = now() + $seconds;
  do {
    for my $socket ($ready->can_read(max(0, min(0.02, $end - now())))) {
      my $from = $reader{$socket};
      if (defined $from->{accepts}) {
        my $accepted = $socket->accept or next;
        setsockopt $accepted, IPPROTO_TCP, TCP_NODELAY, 1;
        watch($accepted, %$from{qw(actor channel)});
        push @{$from->{accepted}}, $accepted;
        next;
      }
      my $got = sysread $socket, my $octets, 1 << 17;
      if ($from->{datagrams}) { take($from, $octets) if $got; next }
      if (!$got) { forget($socket); next }
      $from->{buffer} .= $octets;
      while (defined(my $whole = cut(\$from->{buffer}, $from->{channel}))) { take($from, $whole) }
    }
    look_at_server();
  } while (!defined $server_end && now() < $end);
}

sub address_now { my ($recorded) = @_; return $live{$recorded} // $recorded }

# The connection of a step: that of the request which it answers, one that the server has made, or one that we make now.
sub connection_of {
  my ($step) = @_;
  my $key = join ' ', @$step{qw(actor channel)}, $step->{channel} eq 'msrp' ? @$step{qw(local remote)} : ();
  my $open = $came_on{$step->{about}} // $connection{$key};
  return $open if $open && $reader{$open};
  my $listens = $listener{$step->{channel} eq 'ch2' ? 'charging' : $step->{local}};
  if ($listens && $step->{channel} ne 'sip' && $reader{$listens}{actor} eq $step->{actor}) {  # who connects may have the port of somebody who has gone
    my $accepted = $reader{$listens}{accepted} //= [];
    for (my $end = now() + 3; now() < $end && !defined $server_end && !grep { $reader{$_} } @$accepted;) { pump(0.02) }
    @$accepted = grep { $reader{$_} } @$accepted;
    return $connection{$key} = $step->{channel} eq 'ch2' ? $accepted->[-1] : shift @$accepted;
  }
  my ($host, $port) = address_now($step->{remote}) =~ /^\[?(.*?)\]?:(\d+)$/ or return;
  my $socket = IO::Socket::IP->new(PeerHost => $host, PeerPort => $port, Type => SOCK_STREAM, Timeout => 3) or return;
  setsockopt $socket, IPPROTO_TCP, TCP_NODELAY, 1;
  return $connection{$key} = watch($socket, %$step{qw(actor channel)});
}

# ---- the server

sub look_at_server {
  return if !$server || defined $server_end;
  $server_end = $? & 127 ? 'signal ' . ($? & 127) : 'exit ' . ($? >> 8) if waitpid($server, POSIX::WNOHANG()) == $server;
}

sub end_server {
  my ($signal) = @_;
  return if !$server || defined $server_end;
  kill $signal, $server;
  for (my $end = now() + 20; now() < $end && !defined $server_end;) { select undef, undef, undef, 0.02; look_at_server() }
  return if defined $server_end;
  kill 'KILL', $server;
  waitpid $server, 0;
}

$SIG{INT} = $SIG{TERM} = sub { exit CANNOT_TELL };
END { local $?; end_server('KILL') }  # however this ends, its server does not outlive it

sub launch {
  my $charging = $listener{charging}->sockhost =~ s/^(.*:.*)$/[$1]/r . ':' . $listener{charging}->sockport;
  my @command = map { s/\{charging\}/$charging/gr } map { s/\{\$(\w+)\}/secret($1)/ger } @{$plan{launch}};
  secret($_) for @{$plan{secret} // []};
  open my $empty, '>', $log or give_up("$log: $!");  # what an earlier server said is not said by this one
  $server = fork // give_up("fork: $!");
  if (!$server) {
    chdir $plan{folder}[0] if $plan{folder};
    /^(.*?)=(.*)$/s and $ENV{$1} = $2 for @{$plan{env}};
    open STDIN, '<', '/dev/null';
    open STDOUT, '>>', $log;
    open STDERR, '>&', \*STDOUT;
    exec { $command[0] } @command or POSIX::_exit(127);
  }
  my $text = $plan{ready} ? $plan{ready}[0] : '';
  for (my $end = now() + 20; $text ne '' && file($log) !~ /\Q$text\E[^\n]*\n/;) {
    pump(0.02);
    return if $has_capabilities && defined $server_end;
    give_up("the server did not say $text: " . file($log)) if defined $server_end || now() > $end;
  }
  return if !$plan{says_address};
  $server_address = $1 if file($log) =~ /\Q$text\E (\S+)/;
}

# Asks by DWR on each Diameter connection that it has. Whoever has once answered has to do so each time, but where what we sent before
# it was no whole message.
sub answers_watchdogs {
  my @open = ($plan{charging}[0] // '') eq 'diameter' ? grep { $reader{$_} && $reader{$_}{is_open} } @{$reader{$listener{charging}}{accepted} // []} : ();
  my $body = origin();
  for (@open) {
    $reader{$_}{owes} = !$reader{$_}{is_broken};
    syswrite $_, pack('N N N a4 N', 1 << 24 | 20 + length $body, 0x80 << 24 | 280, 0, WATCHDOG, ++$watchdogs) . $body;
  }
  my $owes = sub { return grep { $reader{$_} && $reader{$_}{is_open} && $reader{$_}{owes} } @open };
  my $patience = $knows_watchdogs ? 3 : 0.5;
  for (my $end = now() + $patience; now() < $end && $owes->() && !defined $server_end;) { pump(0.02) }
  return !$owes->() || !$knows_watchdogs;
}

# From the first octet to the last.
sub are_whole_messages {
  my ($octets) = @_;
  while (length $octets >= 20) {
    my $length = unpack('N', $octets) & 0xffffff;
    last if $length < 20 || $length > length $octets;
    substr($octets, 0, $length) = '';
  }
  return $octets eq '';
}

# Whether it answers OPTIONS; asks three times. And DWR.
sub answers {
  return 0 if !defined $server_address;
  my $transport = @steps ? $steps[0]{transport} : 'udp';
  my ($host, $port) = $server_address =~ /^\[?(.*?)\]?:(\d+)$/;
  for my $try (1 .. 3) {
    my $socket = IO::Socket::IP->new(PeerHost => $host, PeerPort => $port, Timeout => 1, $transport eq 'udp' ? (Type => SOCK_DGRAM, Proto => 'udp') : (Type => SOCK_STREAM)) or next;
    my ($us, $id) = ($socket->sockhost =~ s/^(.*:.*)$/[$1]/r . ':' . $socket->sockport, "$$-$try-" . int rand 1e9);
    syswrite $socket, join "\r\n", "OPTIONS sip:$server_address SIP/2.0", "Via: SIP/2.0/\U$transport\E $us;branch=z9hG4bK$id;rport", 'Max-Forwards: 70',
      "From: <sip:repro\@$us>;tag=$id", "To: <sip:$server_address>", "Call-ID: $id", 'CSeq: 1 OPTIONS', "Contact: <sip:repro\@$us>", 'Content-Length: 0', '', '';
    my $answer = IO::Select->new($socket);
    for (my $end = now() + 1; now() < $end && !defined $server_end;) {
      return answers_watchdogs() if $answer->can_read(0.02) && sysread $socket, my $octets, 65536;
      pump(0);
    }
  }
  return 0;
}

# ---- the steps

# A running server knows what was sent to it before: what names a dialog or a transaction of ours is new, and as long as it was.
sub renew_ours {
  for my $step (grep { $_->{does} eq 'sends' && $_->{channel} ne 'ch2' } @steps) {
    for my $value (naming_values()) {
      for my $was ($recorded{$step->{file}} =~ /$value/g) {
        next if $was !~ /^[\w.@-]{10,}$/ || exists $live{$was};
        my $is = $was;
        substr($is, -6, 6) =~ s/[A-Za-z0-9]/('a' .. 'z')[int rand 26]/ge if substr($is, -6) =~ /^[A-Za-z0-9]{6}$/;
        $live{$was} = $is;
      }
    }
  }
}

sub sends {
  my ($step) = @_;
  my $octets = renew($recorded{$step->{file}}, $step->{channel});
  if ($step->{transport} eq 'udp') {
    my ($host, $port) = address_now($step->{remote}) =~ /^\[?(.*?)\]?:(\d+)$/ or return;
    my $from = $udp{$step->{local}} or return;
    my ($error, $to) = Socket::getaddrinfo($host, $port, {flags => Socket::AI_NUMERICHOST(), socktype => SOCK_DGRAM});
    send $from, $octets, 0, $to->{addr} if !$error;
    return;
  }
  my $socket = connection_of($step) or return;
  $reader{$socket}{is_broken} ||= $step->{channel} eq 'ch2' && !are_whole_messages($octets);
  $socket->blocking(1);
  my $piece = $step->{pieces} || length $octets;
  for (my $at = 0; $at < length $octets; $at += $piece) {
    syswrite $socket, substr $octets, $at, $piece;
    select undef, undef, undef, 0.001 if $step->{pieces};
  }
  $socket->blocking(0);
}

sub receives {
  my ($step) = @_;
  my $wanted = kind($recorded{$step->{file}});
  connection_of($step) if $step->{channel} eq 'msrp';
  my $end = now() + min(40, ($misses ? 0.5 : $looks ? 6 : 2) + 2 * $step->{after});
  do {
    my $come = $inbox{$step->{actor}}{$step->{channel}} //= [];
    for my $i (0 .. $#$come) {
      next if $come->[$i]{kind} ne $wanted;
      my ($message) = splice @$come, $i, 1;
      if (units($recorded{$step->{file}}) ne units($message->{octets})) { ++$others; print "  other units: $step->{file}\n" }
      my $from = $reader{$message->{on}};
      $came_on{$step->{file}} = $message->{on} if $from && !$from->{datagrams};
      return learn($recorded{$step->{file}}, $message->{octets});
    }
    pump(0.02);
  } while (!defined $server_end && now() < $end);
  ++$misses;
  print "  not come: $wanted ($step->{file})\n" if !defined $server_end;
}

sub ends {
  my ($step) = @_;
  my $socket = connection_of($step) or return;
  setsockopt $socket, SOL_SOCKET, SO_LINGER, pack('l l', 1, 0) if $step->{does} eq 'resets';
  forget($socket);
}

sub play {
  for my $step (@steps) {
    last if defined $server_end;
    if ($step->{does} eq 'looks') { pump($step->{after}); ($looks, $misses) = (1, 0); next }
    next if $misses > 3 && $plan{finding}[0] ne 'growth';
    pump($step->{after}) if $step->{does} ne 'receives' && $step->{after} > 0.03;
    own($step);
    $step->{does} eq 'sends' ? sends($step) : $step->{does} eq 'receives' ? receives($step) : ends($step);
  }
}

# ---- the verdict

sub held {  # descriptors, or MB of memory
  my ($what) = @_;
  return scalar(() = glob "/proc/$server/fd/*") if $what eq 'descriptors';
  return int((split / /, file("/proc/$server/statm"))[1] * POSIX::sysconf(&POSIX::_SC_PAGESIZE) / 2**20);
}

# What the server holds more than before, once it has had time to let go.
sub growth_verdict {
  my (undef, $what, $most) = @{$plan{finding}};
  forget($_->{socket}) for grep { !defined $_->{accepts} && !$_->{datagrams} && $_->{channel} ne 'ch2' } values %reader;
  my $more;
  for (my $end = now() + 40; now() < $end && !defined $server_end;) { last if ($more = held($what) - $at_rest) < $most; pump(1) }
  give_up("the server ended: $server_end") if defined $server_end;
  return bears_it("it holds $more $what more than before") if $more < $most;
  return says(REPRODUCED, "it holds $more $what more than before");
}

# What was not played as it was meant tells nothing.
sub bears_it { my ($why) = @_; return $needs_password ? give_up($needs_password) : says(NOT_REPRODUCED, $why) }

sub says { my ($verdict, $why) = @_; print $verdict == REPRODUCED ? 'reproduced' : 'not reproduced', ": $why\n"; return $verdict }

# What the server printed is the report that was found: where it names functions the innermost of its own, for of one overflow the kind
# depends on what lies there (memcpy-param-overlap, negative-size-param), and the kind where it names none.
sub is_the_report {
  my $output = file($log);
  return "@{$plan{ended}}" =~ /^did not end/ if $plan{ended} && $plan{at_end} && !defined $server_end;
  return "@{$plan{ended}}" eq $server_end if $plan{ended} && $server && defined $server_end;
  my ($kind, $function) = @{$plan{shows} // []};
  return 1 if !defined $kind || !$server;
  my $by_function = defined $function && $output =~ / in \S+.* \S+:\d+/;
  return 0 if $by_function && index($output, $function) < 0;
  return index($output, $kind) >= 0 if !$by_function || $kind eq 'LeakSanitizer';
  return $output =~ /Sanitizer: |runtime error: /;
}

sub verdict {
  my ($what) = @{$plan{finding}};
  if ($what eq 'leak' || $plan{at_end}) {
    give_up('it shows where the server ends, and this one was not launched here') if !$server;
    pump(0.3);
    return bears_it("the server ended before it was told to: $server_end") if $plan{at_end} && defined $server_end;
    end_server('TERM');
    my $how = 'the server has ended: ' . ($server_end // 'killed');
    return is_the_report() ? says(REPRODUCED, $how) : bears_it($how);
  }
  if ($what eq 'crash' || $what eq 'hang') {
    my $alive = 1;  # twice: it may answer before it reads what was sent last
    for (1 .. 2) { pump(0.3); $alive &&= answers() && !defined $server_end }
    pump(10) if $what eq 'crash' && $server && !$alive && !defined $server_end;  # to print what it prints at its end
    return says(is_the_report() ? REPRODUCED : NOT_REPRODUCED, "the server ended: $server_end") if defined $server_end;
    return $misses ? says(REPRODUCED, 'the unchanged flow passes no more, though the server answers') : bears_it('the unchanged flow passes') if $alive && $looks;
    return bears_it('the server answers') if $alive;
    end_server('ABRT') if $plan{shows};  # it says where it is
    return says($what eq 'hang' && is_the_report() || !$server ? REPRODUCED : NOT_REPRODUCED, 'the server no longer answers');
  }
  if ($what eq 'growth') {
    give_up('what a server holds is seen of one that was launched here') if !$server;
    return growth_verdict();
  }
  pump(1);
  my %known = map { kind($recorded{$_->{file}}) => 1 } grep { $_->{does} eq 'receives' } @steps;
  $known{'MSRP 200'} = 1;  # to a SEND of ours behind which the session ends: whether it comes before that is chance
  my @more = grep { !$known{$_} } map { $_->{kind} } map { @$_ } map { values %$_ } values %inbox;
  print "  came besides: $_\n" for @more;
  return bears_it('the server did something else') if $misses || $others || @more || defined $server_end;
  return says(REPRODUCED, 'the server did step by step what it did then');
}

read_plan();
%theirs = map { $_->{remote} => 1 } grep { $_->{channel} eq 'sip' } @steps;  # a response of ours names the server in its Via
listen_for($_) for grep { $_->{channel} ne 'ch2' && ($_->{does} eq 'sends' || $_->{does} eq 'receives') } @steps;
my $at = $charging_given || $plan{charging}[1];
my ($host, $port) = $at =~ /^\[?(.*?)\]?:(\d+)$/;
my $charging = IO::Socket::IP->new(LocalHost => $host, LocalPort => $port, Type => SOCK_STREAM, Listen => 64, ReuseAddr => 1) or give_up("$at, where the Charging Enabler is: $!");
$listener{charging} = watch($charging, actor => 'ocs', channel => 'ch2', accepts => 'charging');
my ($first) = grep { $_->{channel} eq 'sip' } @steps;
give_up('there is no step') if !$first && !$plan{capabilities};
$server_address = $first->{remote} if $first;
if ($given) { $server_address = $given; renew_ours() }
elsif ($plan{launch}) { launch() }
$live{$first->{remote}} = $server_address if $first;
for (my $end = now() + 10; now() < $end && !defined $server_end && !($server_address && $reader{$charging}{accepted} && answers());) { pump(0.05) }
if (defined $server_end || !answers()) {
  give_up("no server answers OPTIONS at $server_address" . (defined $server_end ? ": it ended with $server_end: " . file($log) : '')) if !$has_capabilities;
} else {
  pump(0.1);
  $at_rest = held($plan{finding}[1]) if $server && $plan{finding}[0] eq 'growth';
  play();
}
my $verdict = verdict();
end_server('TERM');
exit $verdict;
