#pragma once
/// Every typed view of a SIP header field. Each reads on demand from a Message or an Index and may refuse; its own
/// header says its grammar.
#include "codec/sip/addresses.hpp"
#include "codec/sip/call_id.hpp"
#include "codec/sip/cseq.hpp"
#include "codec/sip/digest.hpp"
#include "codec/sip/features.hpp"
#include "codec/sip/media_type.hpp"
#include "codec/sip/message.hpp"
#include "codec/sip/number.hpp"
#include "codec/sip/product.hpp"
#include "codec/sip/qualified.hpp"
#include "codec/sip/subscription.hpp"
#include "codec/sip/text_value.hpp"
#include "codec/sip/time.hpp"
#include "codec/sip/token.hpp"
#include "codec/sip/via.hpp"
#include "codec/sip/warning.hpp"
