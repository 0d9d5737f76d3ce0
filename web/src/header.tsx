import { DropdownMenu, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { useEffect } from 'react';
import { type Example, examples, words } from './examples';

/** The product's name, and the menu that brings example questions back. */
export function Header() {
  const { moveTab, changeTab } = useGraphiQLActions();
  const tabs = useGraphiQL(state => state.tabs);
  const active = useGraphiQL(state => state.activeTabIndex);

  // There are more tabs than a screen is wide, and one chosen from the menu would stay beyond the edge.
  useEffect(() => {
    document.querySelector('.graphiql-tab-active')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [active]);

  // A tab that still holds the example as shipped is used again instead of opening it twice.
  const find = (example: Example) => tabs.findIndex(tab => tab.query === example.query);

  function open(example: Example) {
    const at = find(example);
    if (at < 0) moveTab([...tabs, tabOf(example)]);
    changeTab(at < 0 ? tabs.length : at);
  }

  function openAll() {
    const missing = examples.filter(example => find(example) < 0);
    if (missing.length > 0) moveTab([...tabs, ...missing.map(tabOf)]);
  }

  return (
    <div className="entente-header">
      <DropdownMenu>
        <DropdownMenu.Button className="entente-examples">Examples ▾</DropdownMenu.Button>
        <DropdownMenu.Content align="end" className="graphiql-dropdown-content entente-menu">
          {examples.map(example => (
            <DropdownMenu.Item key={example.title} data-example={example.title} onSelect={() => open(example)}>
              {words(example.title)}
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Item className="graphiql-dropdown-item entente-all" onSelect={openAll}>
            Open all that are closed
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu>
      <span className="entente-name">Entente</span>
    </div>
  );
}

// GraphiQL makes tabs from text only at its start, so the record of a later one is written here.
function tabOf({ title, query, variables }: Example) {
  return {
    id: `example-${title}-${Date.now()}`,
    hash: [query, variables, ''].join('|'),
    title,
    operationName: title,
    query,
    variables,
    headers: null,
    response: null,
  };
}
