// The first page of a group that is locked: once the result is shown on everybody's device, the page says so by itself.

import { Watch } from "./ballot/watch.js";

const { state } = document.querySelector("[data-state]").dataset;
new Watch({ url: state, open: false, onState: ({ shown }) => shown && location.reload() });
