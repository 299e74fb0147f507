// Which texts a script of this page may have read as HTML. Leptos makes elements that never change from the HTML text of its
// views; nothing else in the panel does. The policy, the only one that the server's headers allow, lets such texts through
// (names of the two lists, no address, no handler, no script) and stops everything else, whatever asks for it.

const element =
  "aside|b|bdi|button|caption|circle|code|dd|div|dl|dt|fieldset|figcaption|figure|footer|h[1-6]|header|input|kbd|label|legend|li|" +
  "line|main|nav|ol|option|p|path|pre|rect|section|select|small|span|summary|svg|table|tbody|td|text|textarea|th|thead|title|tr|ul";
const attribute =
  '(?:aria-[a-z]+|auto[a-z]+|class|d|dir|draggable|for|height|id|name|placeholder|r|role|rows|scope|spellcheck|tabindex|title|type|' +
  'value|viewBox|width|[xy][12]?)(?:="[^"<>]*")?';
const view = new RegExp(`^(?:[^<>]|<(?:${element})(?: ${attribute})*>|</(?:${element})>)*$`);

// A browser without Trusted Types reads the program's own texts without being asked.
window.trustedTypes?.createPolicy("default", {
  createHTML(text) {
    if (view.test(text)) return text;
    throw new TypeError(`Not the HTML of a view: ${text.slice(0, 80)}`);
  }
});
