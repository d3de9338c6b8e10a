// What the ballot needs comes while the welcome is read: so the first card is there at once. The browser keeps it. Not by
// `<link rel="prefetch">`: Firefox and WebKit hold that against the policy `default-src 'none'`.

for (const address of document.querySelector("script[data-ahead]").dataset.ahead.split(" "))
  fetch(address, { priority: "low" }).catch(() => {}); // then the ballot fetches it
