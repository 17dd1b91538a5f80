# What a message is, what lives in it for one session only, and how a recorded message of ours gets the values of this time. Of player.pl.
use strict;
use warnings;

our (%live, %moved);  # what was recorded -> what it is this time: values, and ports of ours

# The first whole message of a stream, cut off its front; nothing while it is not whole.
sub cut {
  my ($buffer, $channel) = @_;
  if ($channel eq 'msrp') {
    return $$buffer =~ /^MSRP (\S+) / && $$buffer =~ s/^(.*?\r\n-------\Q$1\E[\$+#]\r\n)//s ? $1 : undef if $$buffer =~ /\r\n-------/;
    return undef;
  }
  if ($channel eq 'ch2' && ord($$buffer || "\0") == 1) {
    my $size = length $$buffer >= 4 ? unpack('N', $$buffer) & 0xffffff : 0;
    return $size >= 20 && length $$buffer >= $size ? substr($$buffer, 0, $size, '') : undef;
  }
  $$buffer =~ s/^(?:\r\n)+//;
  my $end = index $$buffer, "\r\n\r\n";
  return undef if $end < 0;
  my ($body) = substr($$buffer, 0, $end) =~ /^(?:Content-Length|l)\s*:\s*(\d+)/mi;
  my $size = $end + 4 + ($body // 0);
  return length $$buffer >= $size ? substr($$buffer, 0, $size, '') : undef;
}

# Code, octets before the value, place of the value and its length, of each AVP of the outermost level.
sub places {
  my ($octets, @out) = @_;
  for (my $at = 20; $at + 8 <= length $octets;) {
    my ($code, $word) = unpack "x$at N N", $octets;
    my ($flags, $length) = ($word >> 24, $word & 0xffffff);
    my $head = $flags & 0x80 ? 12 : 8;
    last if $length < $head || $at + $length > length $octets;
    push @out, [$code, $head, $at + $head, $length - $head];
    $at += $length + (-$length % 4);
  }
  return @out;
}

sub avps {  # code => value
  my ($octets, %out) = @_;
  for (places($octets)) { my ($code, undef, $at, $size) = @$_; $out{$code} //= substr $octets, $at, $size }
  return %out;
}

sub is_diameter { my ($octets) = @_; return length $octets >= 20 && ord($octets) == 1 }

sub kind {
  my ($octets) = @_;
  if (is_diameter($octets)) {
    my ($flags, $command) = (ord substr($octets, 4, 1), unpack('N', substr $octets, 4, 4) & 0xffffff);
    my %avp = avps($octets);
    my $user = defined $avp{443} ? join ' ', map { s/[^\x21-\x7e]//gr } $avp{443} : '';
    return join ' ', $command, $flags & 0x80 ? 'asks' : 'answers', unpack('H*', $avp{416} // $avp{268} // ''), $user;
  }
  return "MSRP $1" if $octets =~ /^MSRP \S+ (\S+)/;
  return "$1 $2" if $octets =~ m{^SIP/2\.0 (\d+).*?^CSeq\s*:\s*\d+\s+(\S+)}msi;
  return join ' ', 'HTTP', $octets =~ m{<(?:\w+:)?(?:OperationType|Interrogation|Identity)\b[^>]*>([^<]*)}g if $octets =~ m{^[^\n]*HTTP/1};
  return $octets =~ /^([A-Z]+) / ? $1 : '?';
}

# What is charged: the units asked for and used, in a group or not.
sub units {
  my ($octets) = @_;
  return join ' ', $octets =~ m{<(?:\w+:)?(?:RequestedUnits|UsedUnits)\b.*?</}gs if !is_diameter($octets);
  my %avp = avps($octets);
  return join ' ', map { unpack 'H*', $avp{$_} // '' } 437, 446, 456;
}

my @alive = (
  qr/^(?:Call-ID|i)\s*:\s*(\S+)/mi, qr/;\s*tag=([^;,>\s]+)/i,             qr/;\s*branch=([^;,>\s]+)/i,
  qr/^CSeq\s*:\s*(\d+\s+\S+)/mi,    qr/\bnonce="([^"]+)"/i,              qr/((?:\d+\.){3}\d+:\d+)/,
  qr/(\[[0-9a-f:]+\]:\d+)/i,        qr{msrps?://[^/\s]+/([^;\s]+)}i,      qr/^MSRP (\S+) /,
  qr/^Message-ID\s*:\s*(\S+)/mi,    qr{<(?:\w+:)?SessionIdentifier>([^<]+)}, qr{<(?:\w+:)?OperationNumber>([^<]+)},
  qr/\bopaque="([^"]+)"/i);

sub naming_values { return @alive[0, 1, 2, 7, 8, 9] }  # those by which a dialog, a transaction or a session is known

# The server's values of this time, place by place beside those that were recorded.
sub learn {
  my ($was, $is) = @_;
  if (is_diameter($was)) {
    my %was = avps($was);
    my %is = avps($is);
    $live{$was{263}} = $is{263} if defined $was{263} && defined $is{263};
    $live{substr $was, $_, 4} = substr $is, $_, 4 for 12, 16;
    return;
  }
  for my $value (@alive) {
    my @was = $was =~ /$value/g;
    my @is = $is =~ /$value/g;
    next if @was != @is;
    for (0 .. $#was) { $live{$was[$_]} = $is[$_] if length $was[$_] >= 6 }  # what is shorter may stand anywhere
  }
}

# A message of ours with this time's Session-Id and identifiers; a length that was right stays right.
sub renew_diameter {
  my ($octets) = @_;
  for (12, 16) { substr($octets, $_, 4) = $live{substr $octets, $_, 4} // substr $octets, $_, 4 }
  my ($session) = grep { $_->[0] == 263 } places($octets) or return $octets;
  my (undef, $head, $at, $was) = @$session;
  my $new = $live{substr $octets, $at, $was} // return $octets;
  my $length_is_right = (unpack('N', $octets) & 0xffffff) == length $octets;
  substr($octets, $at - $head + 5, 3) = substr pack('N', $head + length $new), 1;
  substr($octets, $at, $was + (-$was % 4)) = $new . "\0" x (-length($new) % 4);
  substr($octets, 1, 3) = substr pack('N', length $octets), 1 if $length_is_right;
  return $octets;
}

sub renew_each_diameter {  # where several stand one behind the other; of the last the length may lie
  my ($octets) = @_;
  my $out = '';
  while (length $octets >= 20) {
    my $size = unpack('N', $octets) & 0xffffff;
    $size = length $octets if $size < 20 || $size > length $octets;
    $out .= renew_diameter(substr $octets, 0, $size, '');
  }
  return $out . $octets;
}

sub length_field { my ($text) = @_; my ($head, $body) = split /\r\n\r\n/, $text, 2; return ($head =~ /^(?:Content-Length|l)\s*:\s*(\d+)/mi, length($body // '')) }

sub renew {
  my ($octets, $channel) = @_;
  my $was = $octets;
  return renew_each_diameter($octets) if $channel eq 'ch2' && is_diameter($octets);
  my ($said, $has) = $channel eq 'msrp' ? () : length_field($octets);
  my $any = join '|', map { quotemeta } sort { length $b <=> length $a } grep { length >= 6 } keys %live;
  $octets =~ s/($any)/$live{$1}/g if $any ne '';
  $octets =~ s/^(m=\S+ )$_ /$1$moved{$_} /mg for keys %moved;
  if (defined $has && $said == $has) {
    my (undef, $is) = length_field($octets);
    $octets =~ s/^((?:Content-Length|l)\s*:\s*)\d+/$1$is/mi;
  }
  return authorized($was, $octets);
}

# ---- digest authentication (RFC 7616 3.4)

our $needs_password = '';  # why what was sent may not be what was meant; '' where it is

# The members of digest credentials, and the method that they are for; nothing where one is missing.
sub credentials {
  my ($octets, $field) = @_;
  my %is = (method => $octets =~ /^(?:MSRP \S+ )?(\S+)/ ? $1 : '');
  while ($field =~ /(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/g) { $is{lc $1} //= $2 // $3 }
  return (grep { !defined $is{$_} } qw(username realm nonce uri response)) ? () : %is;
}

# The response that these credentials should have; nothing for an algorithm or a qop that we do not know. md5sum and sha256sum are in
# coreutils, as perl-base has neither.
sub digest {
  my ($password, %is) = @_;
  return if !defined $is{response};
  my ($algorithm, $session) = lc($is{algorithm} // 'MD5') =~ /^(md5|sha-256)(-sess)?$/ or return;
  my $program = $algorithm eq 'md5' ? 'md5sum' : 'sha256sum';
  my $hash = sub {
    open my $sum, '-|', 'bash', '-c', 'printf %s "$1" | "$0"', $program, join ':', @_ or return '';
    return (<$sum> // '') =~ /^([0-9a-f]+)/ ? $1 : '';
  };
  return if defined $is{qop} && lc $is{qop} ne 'auth' || grep { !defined } defined $is{qop} ? @is{qw(nc cnonce)} : ();
  my $secret = $hash->(@is{qw(username realm)}, $password);
  $secret = $hash->($secret, $is{nonce}, $is{cnonce} // '') if $session;
  return $hash->($secret, $is{nonce}, defined $is{qop} ? @is{qw(nc cnonce qop)} : (), $hash->(@is{qw(method uri)}));
}

# Credentials for a nonce that this server has given; the password stands in $PASSWORD. A response that was wrong stays wrong.
sub authorized {
  my ($was, $octets) = @_;
  my $field = qr/^((?:Proxy-)?Authorization\s*:\s*Digest\s[^\r\n]*)/mi;
  my @recorded = map { +{credentials($was, $_)} } $was =~ /$field/g;
  return $octets if !@recorded;
  if (!defined $ENV{PASSWORD}) {
    $needs_password = 'the server asks for a password, which has to stand in $PASSWORD';
    return $octets;
  }
  my $renewed = sub {
    my ($text, $recorded) = @_;
    my %is = credentials($octets, $text);
    my $response = digest($ENV{PASSWORD}, %is) // return $text;
    return $text if lc($recorded->{response} // '') ne (digest($ENV{PASSWORD}, %$recorded) // '');
    return $text =~ s/(\bresponse\s*=\s*"?)\Q$is{response}\E/$1$response/ir;
  };
  return $octets =~ s/$field/$renewed->($1, shift @recorded || {})/ger;
}

1;
