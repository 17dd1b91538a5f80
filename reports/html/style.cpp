#include "reports/html/style.hpp"

#include <string>

namespace tollgate::reports {

/// The page, its head and its filter.
static constexpr std::string_view frame =
    R"(:root{color-scheme:light dark;--paper:#fff;--ink:#1f2328;--dim:#59636e;--line:#d1d9e0;--soft:#f6f8fa;--pass:#1a7f37;--fail:#cf222e;--inconc:#8a5a00;--error:#8250df;--na:#59636e;--known:#0a6b7d}
@media (prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--dim:#9198a1;--line:#3d444d;--soft:#151b23;--pass:#3fb950;--fail:#ff7b72;--inconc:#e3a63c;--error:#bc8cff;--na:#9198a1;--known:#56c8d8}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{max-width:1280px;margin:0 auto;padding:24px 20px 64px}
code,pre,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:13px}
h1{font-size:21px;margin:0}
.skip{position:absolute;left:-999em}.skip:focus{left:20px;top:4px;padding:4px 12px;background:var(--paper);border:1px solid var(--line)}
h2{font-size:16px;margin:32px 0 8px}
a{color:inherit}
.banner{border-left:6px solid var(--v);background:var(--soft);padding:16px 20px;border-radius:6px}
.banner p{margin:4px 0 0;color:var(--dim)}
.banner h1{color:var(--v)}
.counts{display:flex;flex-wrap:wrap;gap:8px;margin:16px 0;padding:0;list-style:none}
.counts li{border:1px solid var(--line);border-radius:999px;padding:2px 12px}
.counts b{color:var(--v)}
dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:2px 16px;margin:0}
dt{color:var(--dim)}
dd{margin:0;overflow-wrap:anywhere}
.order{border-collapse:collapse;margin:20px 0 0;font-size:14px}
.order caption{text-align:left;color:var(--dim);padding:0 0 4px}
.order th{text-align:left;font-weight:600;color:var(--dim);font-size:13px}
.order th,.order td{padding:3px 24px 3px 0;border-bottom:1px solid var(--line)}
.order td:last-child{color:var(--v)}
.order td:first-child{white-space:nowrap}
.order a{color:var(--v);text-decoration:none;white-space:nowrap}
.clauses{border:0;margin-top:20px}
.clauses .wide{overflow-x:auto}.clauses table{width:100%;margin-top:4px}
.clauses th,.clauses td{vertical-align:baseline;padding-right:16px}
.clauses tbody th{color:inherit;font-size:14px;min-width:150px;max-width:260px}.clauses tbody small{display:block;color:var(--dim);font-weight:400}
.clauses td:nth-child(2){white-space:nowrap}.clauses td:last-child{min-width:190px}
.clauses summary{color:var(--dim)}
.filter{display:flex;flex-wrap:wrap;gap:8px 20px;align-items:baseline;margin:24px 0 0;padding:10px 14px;border:1px solid var(--line);border-radius:6px}
.filter[hidden],[hidden]{display:none!important}
.filter fieldset{border:0;padding:0;margin:0;min-width:0;display:flex;flex-wrap:wrap;gap:2px 12px}
.filter legend{float:left;padding:0 12px 0 0}
.filter fieldset label{color:var(--v)}
.filter label{max-width:100%}.filter input[type=search],.filter select{max-width:100%}
.filter input[type=search],.filter select,.filter button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line);border-radius:4px;padding:2px 8px}
.filter output{color:var(--dim)}
)";

/// The rows of cases, and what stands in them.
static constexpr std::string_view rows = R"(.cases{border:1px solid var(--line);border-radius:6px;overflow:hidden}
.row{display:grid;grid-template-columns:98px 92px 132px minmax(0,3fr) minmax(0,2fr) 68px;gap:12px;padding:7px 14px;align-items:baseline}
.heads{background:var(--soft);color:var(--dim);font-size:13px;font-weight:600}
.row>*{overflow-wrap:anywhere}
.row .time{text-align:right;color:var(--dim);font-size:13px}
.row .clause,.row .reason{color:var(--dim);font-size:14px}
details{border-top:1px solid var(--line)}
summary{cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary.row>.verdict::before,.clauses>summary::before{content:"▸";display:inline-block;width:14px;color:var(--dim)}
details[open]>summary.row>.verdict::before,.clauses[open]>summary::before{content:"▾"}
.heads>:first-child{padding-left:14px}
summary:hover,details[open]>summary{background:var(--soft)}
summary:focus-visible{outline:2px solid var(--known);outline-offset:-2px}
.verdict{color:var(--v);font-weight:700;font-size:13px;letter-spacing:.03em}
.pass{--v:var(--pass)}.fail{--v:var(--fail)}.inconc{--v:var(--inconc)}.error{--v:var(--error)}.na{--v:var(--na)}.known{--v:var(--known)}
.inside{padding:10px 18px 20px;border-left:4px solid var(--v)}
.because{margin:0 0 12px;white-space:pre-wrap;overflow-wrap:anywhere}
.witnesses{border-collapse:collapse;margin:0 0 12px}
.witnesses td{padding:1px 18px 1px 0;white-space:nowrap}
.witnesses .at{text-align:right;color:var(--dim)}
.witnesses button{font:inherit;color:inherit;background:none;border:0;padding:0;text-decoration:underline;cursor:pointer}
.witnesses .broke,.broke button{color:var(--v);font-weight:700}
.failures{margin:0 0 16px;padding:0;list-style:none;columns:340px}
.failures li{color:var(--dim);overflow-wrap:anywhere}
.failures a{text-decoration:none}.failures a:hover .mono{text-decoration:underline}
.failures .mono{color:var(--ink)}
.findings{margin:0 0 12px;padding-left:20px}
pre{background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:8px 12px;margin:0 0 12px;white-space:pre-wrap;overflow-wrap:anywhere}
.picture{border:1px solid var(--line);border-radius:6px;margin-top:12px}
.lanes{display:grid;grid-template-columns:max-content max-content;overflow:auto;max-height:max(420px,80vh);border-radius:6px 6px 0 0}
.lanes svg{display:block}
.lanes .heads{position:sticky;top:0;z-index:2}
.lanes .times{position:sticky;left:0;z-index:1}
.lanes .times [data-at]{cursor:pointer}
.corner{position:sticky;left:0;top:0;z-index:3;padding:12px 0 0 14px;background:var(--paper);color:var(--dim);font-size:11px;line-height:16px}
.key{display:flex;flex-wrap:wrap;gap:2px 18px;margin:0;padding:8px 14px;border-top:1px solid var(--line);border-radius:0 0 6px 6px;color:var(--dim)}
.key b{color:var(--c)}
.octets{border-top:1px solid var(--line);padding:10px 14px}
.octets h3{font-size:14px;margin:0}
.octets p{margin:2px 0 8px;color:var(--dim)}
.octets ul{margin:0;padding-left:20px}
.wire{display:flex;flex-wrap:wrap;gap:0 12px}
.wire pre{flex:1 1 340px;min-width:0}
.wire .hex{flex:0 1 auto;white-space:pre;overflow-x:auto}
.rest{margin:0;padding:10px 14px;color:var(--dim)}
mark{background:#ffdd57;color:#1f2328;border-radius:2px}
.planned,.judged,.running{--v:var(--dim)}.running{--v:var(--known)}
)";

/// Phones and paper: nothing is left out, the columns stand below each other.
static constexpr std::string_view narrow =
    R"(@media print,(max-width:800px){.row{grid-template-columns:auto auto minmax(0,1fr) auto;gap:2px 12px}
.row>.time{order:1}.row>.purpose{order:2;grid-column:1/-1}.row>.reason{order:3;grid-column:1/-1}.row>.reason:empty{display:none}.row.heads{display:none}
.witnesses td{padding-right:8px;vertical-align:baseline}.witnesses td:nth-child(n+3){white-space:normal;overflow-wrap:anywhere}
.order th,.order td{padding-right:8px;overflow-wrap:break-word}}
@media (max-width:800px){main{padding:12px 10px 40px}.inside{padding:10px 8px 16px}}
@media print{.octets,.filter,.rest{display:none!important}body{font-size:12px;line-height:1.4}main{padding:0;max-width:none}.inside{padding:6px 12px 8px}.because,.witnesses,.findings{margin-bottom:6px}pre{margin:0;padding:4px 10px}code,pre,.mono{font-size:11px}h2{break-after:avoid}.picture{margin-top:6px}
summary,.cases .inside,.picture{break-inside:avoid}summary{break-after:avoid}.inside>dl,.inside>p:not(.because){display:none}.cut{margin:0;color:var(--dim);font-size:11px}
.picture{border:0}.lanes{grid-template-columns:var(--part) minmax(0,1fr);overflow:visible;max-height:none;max-width:var(--full)}.lanes svg{width:100%;height:auto}
.lanes .heads,.lanes .times,.corner{position:static}.lanes .heads{break-after:avoid}.corner{font-size:9px;line-height:12px;padding:4px 0 0}.key{border:0;padding:2px 0}
.ladder .what{stroke:none}}
)";

std::string_view html_style() {
  static std::string const all = std::string(frame) + std::string(rows) + std::string(narrow);
  return all;
}

}  // namespace tollgate::reports
