// Two texts word by word: what both have, what only the first has, what only the second has.

// Beyond this many words a table of all pairs would take too long.
const MOST = 1500;

// [["=" | "-" | "+", text] …], by the longest common subsequence of words.
export function wordDifferences(before, after) {
  const one = before.match(/\s+|\S+/g) ?? [];
  const other = after.match(/\s+|\S+/g) ?? [];
  if (one.length > MOST || other.length > MOST) return [["-", before], ["+", after]];
  const longest = commonLengths(one, other);
  const found = [];
  let [i, j] = [0, 0];
  while (i < one.length || j < other.length) {
    if (i < one.length && j < other.length && one[i] === other[j]) {
      add(found, "=", one[i]);
      i += 1;
      j += 1;
    } else if (j === other.length || (i < one.length && longest[i + 1][j] >= longest[i][j + 1])) {
      add(found, "-", one[i]);
      i += 1;
    } else {
      add(found, "+", other[j]);
      j += 1;
    }
  }
  return found;
}

export function shownDifferences(differences) {
  const names = { "-": "del", "+": "ins" };
  return differences.map(([kind, text]) => {
    const shown = document.createElement(names[kind] ?? "span");
    shown.textContent = Array.isArray(text) ? text.join("") : text;
    return shown;
  });
}

function commonLengths(one, other) {
  const longest = Array.from({ length: one.length + 1 }, () => new Uint16Array(other.length + 1));
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      longest[i][j] =
        one[i] === other[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  return longest;
}

function add(found, kind, text) {
  if (found.at(-1)?.[0] === kind) found.at(-1)[1] += text;
  else found.push([kind, text]);
}
