#include "reports/html_script.hpp"

namespace tollgate::reports {

std::string_view html_script() {
  return R"((()=>{
const inflate=text=>new Response(new Blob([Uint8Array.from(atob(text),c=>c.charCodeAt(0))]).stream().pipeThrough(new DecompressionStream('deflate'))).text();
const unpack=async box=>{const packed=box.querySelector('script[type="application/x-deflate"]');if(packed)box.innerHTML=await inflate(packed.textContent.trim())};
document.addEventListener('toggle',event=>{if(event.target.open)event.target.querySelectorAll('.picture').forEach(unpack)},true);
addEventListener('beforeprint',()=>document.querySelectorAll('details[open] .picture').forEach(unpack));
const form=document.querySelector('form.filter'),cases=[...document.querySelectorAll('.cases>details')];
const texts=new Map(cases.map(one=>[one,one.querySelector('summary').textContent.toLowerCase()]));
const filter=()=>{const words=form.find.value.toLowerCase().split(/\s+/).filter(Boolean);
const verdicts=[...form.querySelectorAll('input[name=verdict]:checked')].map(box=>box.value);
let shown=0;
for(const one of cases){const fits=(!verdicts.length||verdicts.includes(one.className))&&(!form.group.value||one.dataset.group===form.group.value)&&(!form.strength.value||one.dataset.strength===form.strength.value)&&words.every(word=>texts.get(one).includes(word));one.hidden=!fits;shown+=fits}
for(const list of document.querySelectorAll('.cases')){const empty=![...list.children].some(one=>one.tagName==='DETAILS'&&!one.hidden);list.hidden=empty;list.previousElementSibling.hidden=empty}
form.querySelector('output').textContent=shown===cases.length?'':shown+' of '+cases.length+' cases'};
form.addEventListener('input',filter);form.addEventListener('submit',event=>event.preventDefault());form.addEventListener('reset',()=>setTimeout(filter));form.hidden=false;
const open=()=>{const one=location.hash.length>1&&document.getElementById(decodeURIComponent(location.hash.slice(1)));if(one&&one.tagName==='DETAILS'){form.reset();filter();one.open=true;one.scrollIntoView();one.querySelector('summary').focus()}};
addEventListener('hashchange',open);open()})())";
}

}  // namespace tollgate::reports
