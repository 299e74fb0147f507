// The server's API: the shapes that the list uses, and its two requests.
const API = "/api/v1";

export interface Job {
  id: string;
  createdAt?: string;
  completed_at?: string;
  overall_status?: string;
  detailed_status?: Record<string, string> | null;
  abort?: boolean;
  kms?: string[] | null;
  regions?: string[] | null;
  synchronize_all?: boolean;
}

export interface Page {
  resources: Job[];
  skip: number;
  total: number;
}

async function answer<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (response.ok) return JSON.parse(text) as T;
  throw new Error(refusal(response, text));
}

function refusal(response: Response, text: string): string {
  try {
    const { codeDesc, message } = JSON.parse(text) as { codeDesc?: string; message?: string };
    return [codeDesc, message].filter(Boolean).join(": ") || `HTTP ${response.status}`;
  } catch {
    return `HTTP ${response.status}`;
  }
}

export async function signIn(username: string, password: string): Promise<string> {
  const response = await fetch(`${API}/auth/tokens`, {
    method: "POST",
    headers: { Accept: "application/json", "Content-Type": "application/json" },
    body: JSON.stringify({ grant_type: "password", username, password })
  });
  return (await answer<{ jwt: string }>(response)).jwt;
}

export interface Question {
  status: string;
  page: number;
  rows: number;
}

export async function jobs(token: string, { status, page, rows }: Question, signal: AbortSignal): Promise<Page> {
  const query = new URLSearchParams({ skip: String((page - 1) * rows), limit: String(rows), sort: "-createdAt" });
  if (status) query.set("overall_status", status);
  const response = await fetch(`${API}/cckm/aws/synchronization-jobs?${query}`, {
    headers: { Accept: "application/json", Authorization: `Bearer ${token}` },
    signal
  });
  return answer<Page>(response);
}
