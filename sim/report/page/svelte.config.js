// Read by both vite and svelte-check.
export default { compilerOptions: { css: 'external' } };
