import { useMutation } from "@tanstack/react-query";
import type { FormEvent } from "react";

import { signIn } from "./api";

export function SignIn({ done }: { done: (token: string) => void }) {
  const sent = useMutation({
    mutationFn: ({ username, password }: Record<string, string>) => signIn(username!, password!),
    onSuccess: done
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    sent.mutate(Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>);
  };
  return (
    <form onSubmit={submit}>
      <h1>Synchronization jobs</h1>
      <label>Username <input name="username" autoComplete="username" required /></label>
      <label>Password <input name="password" type="password" autoComplete="current-password" required /></label>
      <button>Sign in</button>
      <p role="alert">{sent.error?.message}</p>
    </form>
  );
}
