// The workers must be set up before Monaco is first imported.
import 'graphiql/setup-workers/vite';
import { explorerPlugin } from '@graphiql/plugin-explorer';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import '@graphiql/plugin-explorer/style.css';
import { examples } from './examples';
import { fetcher } from './fetcher';
import { Header } from './header';
import './playground.css';
import { storage } from './storage';

const plugins = [HISTORY_PLUGIN, explorerPlugin()];

function Playground() {
  return (
    <GraphiQL
      fetcher={fetcher}
      storage={storage}
      plugins={plugins}
      defaultTabs={examples}
      // Headers may carry a token, which must not outlive the page.
      shouldPersistHeaders={false}
    >
      <GraphiQL.Logo>
        <Header />
      </GraphiQL.Logo>
    </GraphiQL>
  );
}

const root = document.getElementById('playground');
if (!root) throw new Error('the page has no place for the playground');
createRoot(root).render(<Playground />);
