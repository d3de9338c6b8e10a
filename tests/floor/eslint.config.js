// What is most likely a slip (ESLint's own recommendations), and the pages' oldest browsers: they work from Safari 15.4,
// Firefox 98 and Chrome 93 on. What came later stands in `@supports` or after `?.`; or it is named here, with what is
// there without it.

import css from "@eslint/css";
import js from "@eslint/js";
import compat from "eslint-plugin-compat";
import es from "eslint-plugin-es-x";
import globals from "globals";

const OLDEST = ["safari 15.4", "ios_saf 15.4", "firefox 98", "chrome 93"];
const NEWER_UNIT = "Dimension[unit=/^(cq|[dsl]v)/]";

const LATER = {
  available: 2022, // the rule knows years only; what has come to all browsers from April 2022 on is told apart below
  allowSelectors: ["has"], // Chrome 105, Firefox 121: nothing hides or shows by it that one cannot do without
  allowMediaConditions: ["scripting"], // without script the page leads on by itself
  allowAtRules: ["page", "property"], // the printer's own margins; a little faster
  allowProperties: [
    "container-type", // what is measured by it stands in @supports
    "field-sizing", // the ballot's script sizes the field, the agenda's has room
    "text-wrap", // lines of uneven length
    "accent-color", // the system's own colour
    "hyphens", // no hyphens
    "print-color-adjust", // signs without their fill, where the printer saves ink
    "forced-color-adjust", // the system's own choice of colours
    "zoom", // a preview as large as the paper
    "text-size-adjust", // has its prefix beside it
    "user-select", // has its prefix beside it
    "outline", // known to all, but does not follow round corners everywhere
    "resize", // no handle on iPhones
  ],
  allowPropertyValues: { "break-after": ["avoid"], "font-family": ["ui-monospace"] }, // a heading alone; another typeface
};

// It cannot tell an iterator's newer methods from those that arrays have always had.
const ARRAYS = Object.fromEntries(
  Object.keys(es.rules).filter((name) => name.startsWith("no-iterator-prototype-")).map((name) => [`es-x/${name}`, "off"]),
);

export default [
  {
    files: ["static/css/*.css"],
    plugins: { css },
    language: "css/css",
    rules: {
      ...css.configs.recommended.rules,
      "css/no-important": "off", // what is hidden stays so, whatever its own rule says
      "css/no-invalid-at-rules": "off", // knows no boxes in a sheet's margin
      "css/no-invalid-properties": ["error", { allowUnknownVariables: true }], // base.css has them
      "css/use-baseline": ["error", { ...LATER, allowUnits: ["cqi"] }],
      "no-restricted-syntax": [
        "error",
        { selector: "FeatureRange", message: "Safari before 16.4 reads no range: write min-width or max-width." },
        { selector: `${NEWER_UNIT}:not(Atrule[name='supports'] *)`, message: "Not every browser knows this unit: put it into @supports." },
        { selector: "Declaration[property=/^overflow/] Identifier[name='clip']", message: "Safari 16 hides what is in it: use `contain: paint`." },
      ],
    },
  },
  {
    ...es.configs["flat/restrict-to-es2022"],
    files: ["static/js/**/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "module", globals: globals.browser },
    settings: { "es-x": { aggressive: true, allowTestedProperty: true } },
  },
  {
    files: ["static/js/**/*.js"],
    plugins: { compat, "es-x": es },
    settings: {
      browsers: OLDEST,
      polyfills: ["document.fullscreenEnabled", "document.fullscreenElement"], // where there is none, nor is the button
    },
    rules: {
      ...js.configs.recommended.rules,
      "no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "compat/compat": "error",
      "es-x/no-class-static-block": "error",
      ...ARRAYS,
    },
  },
];
