// A control that cannot be used yet stays where it is: it keeps the focus, looks it, and can say why when it is tried.

/** Whether the control may be used from now on. Not by `disabled`, which takes the focus away and says nothing. */
export function enable(control, able) {
  control.setAttribute("aria-disabled", String(!able));
}

export const isAble = (control) => control.getAttribute("aria-disabled") !== "true";
