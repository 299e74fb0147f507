// Relative addresses, as the panel has them; files that are named by what is in them.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({ base: "./", plugins: [react()], build: { modulePreload: { polyfill: false } } });
