import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

// Below this many bytes a compressed file saves less than a packet.
const smallest = 1024;

// compress leaves every file of some size in dist as gzip alone, since the program embeds the folder: the
// binary grows by 2 MB instead of 9, and web.go unpacks for the rare client that does not take gzip.
function compress(): Plugin {
  let folder = '';
  return {
    name: 'compress',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
        if (!entry.isFile() || entry.name.endsWith('.gz')) continue;
        const file = join(entry.parentPath, entry.name);
        const plain = readFileSync(file);
        const packed = gzipSync(plain, { level: 9 });
        if (plain.length < smallest || packed.length >= plain.length) continue;
        writeFileSync(`${file}.gz`, packed);
        rmSync(file);
      }
    },
  };
}

export default defineConfig({
  // Relative addresses, so that the same files work under any path with a trailing slash.
  base: './',
  plugins: [react(), compress()],
  // A second copy of any of these has contexts of its own, and plugins would not find the first one's.
  resolve: { dedupe: ['react', 'react-dom', 'graphql', '@graphiql/react'] },
  build: {
    target: 'es2023',
    outDir: 'dist',
    rolldownOptions: {
      // One entry a page; they share chunks.
      input: { playground: 'index.html' },
      // GraphiQL's modules carry notes for the React compiler, which does not run here.
      checks: { moduleLevelDirective: false },
    },
    // Monaco's language services are large and load when first needed.
    chunkSizeWarningLimit: 8192,
  },
  // `npm run dev` beside `entente serve`.
  server: { proxy: { '/graphql': 'http://127.0.0.1:8080' } },
});
