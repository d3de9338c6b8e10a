// What a script says, in the page's language: the page brings the words of its scripts, and none where it is English.

const found = document.getElementById("words");
const { messages, plural } = found ? JSON.parse(found.textContent) : { messages: {}, plural: "" };

/** The message in the page's language, its named places, %(name)s, filled; a per cent sign is doubled. */
export function _(message, places = {}) {
  return fill(messages[message] || message, places);
}

/** The message for so many; %(n)s in it is the count. */
export function ngettext(one, many, count, places = {}) {
  const forms = messages[one] || [one, many];
  return fill(forms[formOf(count)], { n: count, ...places });
}

// Which form a count takes stands in the page for 0 to 199, and from there on every hundred says it again.
function formOf(count) {
  if (!plural) return count === 1 ? 0 : 1;
  return Number(plural[count < 200 ? count : 100 + (count % 100)]);
}

function fill(message, places) {
  return message.replace(/%(?:%|\((\w+)\)s)/g, (mark, name) => (name ? places[name] : "%"));
}
