// Summarizes the figures of all runs: median, minimum, maximum and the ratio to the baseline, as JSON and as a table.
import { median } from "./measures.mjs";

/** `samples` maps a figure and a subject to one number per run. */
export function summary(samples, measure) {
  const summed = {};
  for (const [figure, bySubject] of Object.entries(samples)) {
    const base = bySubject[measure] && median(bySubject[measure]);
    summed[figure] = {};
    for (const [subject, numbers] of Object.entries(bySubject)) {
      const middle = median(numbers);
      const one = { median: middle, min: Math.min(...numbers), max: Math.max(...numbers), runs: numbers.length };
      if (subject !== measure && base > 0) one.ratio = middle / base;
      summed[figure][subject] = one;
    }
  }
  return summed;
}

/** A Markdown table, which a terminal shows well too: a row per figure with median (minimum–maximum) and ratio. */
export function table(summed, subjects, measure) {
  const isAlone = (subject) => subject === measure || !subjects.includes(measure);
  const titles = subjects.flatMap((subject) => (isAlone(subject) ? [subject] : [subject, `÷ ${measure}`]));
  const rows = Object.entries(summed).map(([figure, bySubject]) => {
    const cells = subjects.flatMap((subject) => {
      const one = bySubject[subject];
      const text = one ? written(figure, one) : "–";
      return isAlone(subject) ? [text] : [text, one?.ratio ? one.ratio.toFixed(2) : "–"];
    });
    return [`${figure}${unit(figure)}`, ...cells];
  });
  const all = [["", ...titles], ...rows];
  const widths = all[0].map((_, column) => Math.max(3, ...all.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, at) => (at ? cell.padStart(widths[at]) : cell.padEnd(widths[at]))).join(" | ")} |`;
  const rule = `|${widths.map((width, at) => `${"-".repeat(width + 1)}${at ? ":" : "-"}`).join("|")}|`;
  return [line(all[0]), rule, ...all.slice(1).map(line)].join("\n");
}

const isCount = (figure) => /^requests|, (files|questions to the API|changes|nodes)\b/.test(figure);

function unit(figure) {
  if (isCount(figure)) return "";
  if (figure.startsWith("build")) return " (s)";
  if (/^(first load|later)/.test(figure)) return " (bytes)";
  return figure.startsWith("memory") ? " (MB)" : " (ms)";
}

function written(figure, { median: middle, min, max }) {
  const text = (number) => {
    if (unit(figure) === " (MB)") return (number / 1e6).toFixed(2);
    if (unit(figure) === " (ms)") return number.toFixed(number < 10 ? 2 : number < 100 ? 1 : 0);
    if (unit(figure) === " (s)") return number.toFixed(0);
    return String(Math.round(number * 10) / 10);
  };
  return min === max ? text(middle) : `${text(middle)} (${text(min)}–${text(max)})`;
}
