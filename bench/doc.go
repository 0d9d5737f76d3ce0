// Package bench measures the questions that the project is about, on a generated graph: through the engine's own functions, through
// GraphQL over HTTP, and beside both, in the same run, the limit: a plain walk over arrays of numbers in the same program, without
// claims, snapshots, merges or roll-up, which can do nothing but answer these questions about this graph.
//
// HTTP goes over a Unix socket, one request after the other on one connection that is kept, with a client that sends and waits: what is
// measured is the API, and what the kernel and package net/http take on its side.
//
// All three have to give the same answer to every single question, or the run fails. So a ratio of one run says what the engine
// pays for what it can do beyond, whatever the machine is and whoever shares it.
//
// Each question is drawn some times: actors and agreements at random, and pairs of actors one to six meetings apart, or one to three
// hops of mediation, as many of each distance as the graph has. Each draw is asked several times and the fastest counts; what is told
// are the median and the 95th percentile over the draws.
//
// A test puts PostgreSQL beside the API, if ENTENTE_POSTGRES names the folder of its programs: the same draws of the same graph, prepared
// statements over a Unix socket as well, and answers that are equal as JSON, each name and quote in them. The tables and statements are
// in testdata/postgres. Its flags say how large the graph is and how often it is asked; "make bench-postgres" sets them.
package bench
