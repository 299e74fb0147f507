// The panel's main job for one family in idiomatic React: sign in, list, filter, page, refresh.
import "./react.css";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";

import { List } from "./List";
import { SignIn } from "./SignIn";

// The panel, too, repeats a request only where a retry is specified.
const client = new QueryClient({
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: false, staleTime: 0 } }
});

function App() {
  /** In memory only. */
  const [token, setToken] = useState("");
  return token ? <List token={token} /> : <SignIn done={setToken} />;
}

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <QueryClientProvider client={client}>
      <App />
    </QueryClientProvider>
  </StrictMode>
);
