// nhsuk-frontend speaks of left and right. Right-to-left pages want start and end: say it so, once, for both.
import postcss from "postcss";

const names = {
  "margin-left": "margin-inline-start", "margin-right": "margin-inline-end",
  "padding-left": "padding-inline-start", "padding-right": "padding-inline-end",
  "border-left": "border-inline-start", "border-right": "border-inline-end",
  "border-left-color": "border-inline-start-color", "border-right-color": "border-inline-end-color",
  "border-left-width": "border-inline-start-width", "border-right-width": "border-inline-end-width",
  left: "inset-inline-start", right: "inset-inline-end",
  "border-top-left-radius": "border-start-start-radius", "border-top-right-radius": "border-start-end-radius",
  "border-bottom-left-radius": "border-end-start-radius", "border-bottom-right-radius": "border-end-end-radius",
};

export function mirror(css) {
  const sheet = postcss.parse(css);
  sheet.walkDecls((one) => {
    if (names[one.prop] && !(one.prop.startsWith("border") && isDrawing(one.parent.selector))) one.prop = names[one.prop];
    if (one.prop === "text-align") one.value = one.value.replace("left", "start").replace("right", "end");
    if (one.prop === "float" && /left|right/.test(one.value)) {
      one.cloneAfter({ value: one.value.replace("left", "inline-start").replace("right", "inline-end") });
    }
    if (/^(margin|padding)$/.test(one.prop)) splitSides(one);
  });
  return sheet.toString();
}

// Ticks, arrows and bullets that are drawn with borders and turned: their left is a left.
function isDrawing(selector = "") {
  return /::?(before|after)/.test(selector) && /(radios|checkboxes|select)__/.test(selector) && /::?after/.test(selector);
}

function splitSides(one) {
  const sides = postcss.list.space(one.value);
  if (sides.length !== 4 || sides[1] === sides[3]) return;
  const important = one.important;
  one.before({ prop: `${one.prop}-block`, value: `${sides[0]} ${sides[2]}`, important });
  one.prop = `${one.prop}-inline`;
  one.value = `${sides[3]} ${sides[1]}`;
}
