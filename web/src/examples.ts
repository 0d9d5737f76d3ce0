// The example questions are files, so that the same text is shown here, run by the tests and read by people.

export interface Example {
  /** The operation's name, which is also the title of its tab. */
  title: string;
  query: string;
  /** JSON, or empty. */
  variables: string;
}

const queries = import.meta.glob<string>('../examples/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const variables = import.meta.glob<string>('../examples/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The examples in the order of their file names. */
export const examples: Example[] = Object.keys(queries)
  .sort()
  .map(path => {
    const query = queries[path] ?? '';
    return {
      title: /^query\s+(\w+)/m.exec(query)?.[1] ?? path,
      query,
      variables: variables[path.replace(/\.graphql$/, '.json')] ?? '',
    };
  });

/** "WhoSignedIt" as words: "Who signed it". */
export function words(title: string): string {
  const spaced = title.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
