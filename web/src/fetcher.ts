import type { Fetcher } from '@graphiql/toolkit';
import { parse } from 'graphql';

// The endpoint is fixed: a page that took it from its address could be made to send questions, and the
// headers a person typed, to a stranger's server.
const endpoint = '/graphql';

/** Sends one question to the program that served this page and returns its answer, errors included. */
export const fetcher: Fetcher = async (params, options) => {
  let response: Response;
  try {
    response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        ...(options?.headers as Record<string, string> | undefined),
        'content-type': 'application/json',
        accept: 'application/graphql-response+json, application/json;q=0.9',
      },
      body: JSON.stringify({ ...params, operationName: chosen(params.query, params.operationName) }),
    });
  } catch {
    return problem('The server did not answer. Is `entente serve` still running?');
  }
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's error page, or a refusal before GraphQL was reached.
    return problem(`${response.status} ${response.statusText}: ${text.slice(0, 500)}`);
  }
};

/**
 * The operation to run. GraphiQL works its name out a moment after typing stops, so a question that is run at
 * once comes with the name of the one before; a document with a single operation needs none.
 */
function chosen(query: string, name: string | null | undefined) {
  try {
    const operations = parse(query).definitions.filter((d) => d.kind === 'OperationDefinition');
    return operations.length === 1 ? undefined : name;
  } catch {
    return name; // The server says what is wrong with the document.
  }
}

function problem(message: string): never {
  throw new Error(message);
}
