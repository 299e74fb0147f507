// The Trusted Types policy of this page: which strings a script may have parsed as HTML. Leptos creates static elements from
// the HTML of its views; nothing else in the panel parses HTML. The policy, the only one that the server's headers allow,
// accepts such strings (elements and attributes of the two lists, no URL, no handler, no script) and rejects all others.

const element =
  "aside|b|bdi|button|caption|circle|code|dd|div|dl|dt|fieldset|figcaption|figure|footer|h[1-6]|header|input|kbd|label|legend|li|" +
  "line|main|nav|ol|option|p|path|pre|rect|section|select|small|span|summary|svg|table|tbody|td|text|textarea|th|thead|title|tr|ul";
const attribute =
  '(?:aria-[a-z]+|auto[a-z]+|class|d|dir|draggable|for|height|id|name|placeholder|r|role|rows|scope|spellcheck|tabindex|title|type|' +
  'value|viewBox|width|[xy][12]?)(?:="[^"<>]*")?';
const view = new RegExp(`^(?:[^<>]|<(?:${element})(?: ${attribute})*>|</(?:${element})>)*$`);

// A browser without Trusted Types parses the program's own strings without a policy.
window.trustedTypes?.createPolicy("default", {
  createHTML(text) {
    if (view.test(text)) return text;
    throw new TypeError(`Not the HTML of a view: ${text.slice(0, 80)}`);
  }
});
