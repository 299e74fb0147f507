// Relative URLs, as in the panel; file names carry a hash of the content.
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({ base: "./", plugins: [react()], build: { modulePreload: { polyfill: false } } });
