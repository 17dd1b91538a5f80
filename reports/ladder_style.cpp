// The look of a ladder. Colours keep a contrast of 4.5 to 1 on their background in both schemes (WCAG 2.1 1.4.3).
#include "reports/ladder_svg.hpp"

namespace tollgate::reports {

std::string_view ladder_style() {
  return R"(.ladder{--paper:#fff;--ink:#1f2328;--dim:#59636e;--line:#c4ccd4;--sip:#0969da;--msrp:#177245;--ch2:#8f4a00;--bad:#cf222e;--badpaper:#ffebe9;--hold:#fff1c2;--holdline:#c99a06;--badge:#eaeef2}
@media (prefers-color-scheme:dark){.ladder{--paper:#0d1117;--ink:#e6edf3;--dim:#9198a1;--line:#3d444d;--sip:#58a6ff;--msrp:#56d364;--ch2:#f0a24a;--bad:#ff7b72;--badpaper:#3c1618;--hold:#352a05;--holdline:#d4a72c;--badge:#21262d}}
.ladder{background:var(--paper);font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.ladder .paper{fill:var(--paper)}
.ladder text{fill:var(--ink)}
.ladder .top{font:600 15px system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
.ladder .role{font:600 13px system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;text-anchor:middle}
.ladder .part{fill:var(--dim);font-size:11px}
.ladder .actor{fill:var(--dim);text-anchor:middle}
.ladder .box{fill:var(--badge);stroke:var(--line)}
.ladder .life{stroke:var(--line);stroke-width:1.5}
.ladder .hold{fill:var(--hold);stroke:var(--holdline);stroke-dasharray:3 3}
.ladder .ms,.ladder .id{fill:var(--dim);text-anchor:end}
.ladder .badge{fill:var(--badge)}
.ladder .step{font-weight:600;text-anchor:middle}
.ladder .what{text-anchor:middle;paint-order:stroke;stroke:var(--paper);stroke-width:5px;stroke-linejoin:round}
.ladder .more{fill:var(--dim)}
.ladder .shaft{stroke-width:1.75;fill:none}
.ladder .again .shaft{stroke-dasharray:7 4}
.ladder .note .what{fill:var(--dim);font-style:italic}
.ladder .note .shaft{stroke:var(--dim);stroke-dasharray:2 4}
.ladder .sip{--c:var(--sip)}.ladder .msrp{--c:var(--msrp)}.ladder .ch2{--c:var(--ch2)}
.ladder .message .shaft{stroke:var(--c)}.ladder .message .tip{fill:var(--c)}.ladder .message .what{fill:var(--c)}
.ladder .message .more{fill:var(--dim)}
.ladder .back{fill:var(--badpaper)}
.ladder .hit{fill:transparent}
.ladder g:hover>.hit{fill:var(--ink);fill-opacity:.07}
.ladder g[role]{cursor:pointer}
.ladder g:focus{outline:none}.ladder g:focus-visible>.hit{stroke:var(--ink);stroke-width:2}.ladder g.chosen>.hit{fill:var(--ink);fill-opacity:.12}
.ladder .what.left{text-anchor:end}.ladder .what.right{text-anchor:start}
.ladder .witness .what,.ladder .witness .id,.ladder .witness .ms{font-weight:600}
.ladder .witness .what{stroke:var(--badpaper)}
.ladder .witness .shaft{stroke-width:2.75}
.ladder .message.witness:not(.cause){--c:var(--bad)}
.ladder .witness:not(.cause) .what,.ladder .witness:not(.cause) .id,.ladder .witness:not(.cause) .ms{fill:var(--bad)}
.ladder .witness:not(.cause) .shaft{stroke:var(--bad)}
.ladder .gap{fill:var(--dim);text-anchor:middle;font-style:italic}
.ladder .key tspan{fill:var(--c);font-weight:600}
.ladder .key{fill:var(--dim);font-size:11px}
)";
}

}  // namespace tollgate::reports
