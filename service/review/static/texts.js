// The texts of a page's scripts, in the language of the page. The page brings them along:
//   <template id="texts"><i data-name="lost">The connection …</i>
//   <i data-name="left.one">one sentence</i><i data-name="left.other">{n} sentences</i></template>

const language = document.documentElement.lang;
const plurals = new Intl.PluralRules(language);
const figures = new Intl.NumberFormat(language);

// A text by its name, its {places} filled in; where `n` is among the values, in the form that it asks for.
export function say(name, values = {}) {
  const text = find(`${name}.${plurals.select(values.n ?? 0)}`) ?? find(`${name}.other`) ?? find(name) ?? "";
  return text.replace(/\{(\w+)\}/g, (place, value) => (value in values ? written(values[value]) : place));
}

function find(name) {
  return document.querySelector("#texts")?.content.querySelector(`[data-name="${name}"]`)?.textContent;
}

function written(value) {
  return typeof value === "number" ? figures.format(value) : value;
}
