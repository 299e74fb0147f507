// The route in the URL's fragment: status, page from 1, rows per page.
import { useSyncExternalStore } from "react";

import type { Question } from "./api";

function read(hash: string): Question {
  const query = new URLSearchParams(hash.split("?")[1]);
  const number = (name: string, otherwise: number, most: number) => {
    const value = Number(query.get(name));
    return Number.isInteger(value) && value > 0 && value <= most ? value : otherwise;
  };
  return { status: query.get("status") ?? "", page: number("page", 1, 1e6), rows: number("rows", 25, 1000) };
}

function subscribe(changed: () => void) {
  addEventListener("hashchange", changed);
  return () => removeEventListener("hashchange", changed);
}

export const useRoute = (): Question => read(useSyncExternalStore(subscribe, () => location.hash));

export function go(change: Partial<Question>): void {
  const { status, page, rows } = { ...read(location.hash), ...change };
  const query = new URLSearchParams();
  if (status) query.set("status", status);
  if (page !== 1) query.set("page", String(page));
  if (rows !== 25) query.set("rows", String(rows));
  location.hash = `#/aws${query.size ? `?${query}` : ""}`;
}
