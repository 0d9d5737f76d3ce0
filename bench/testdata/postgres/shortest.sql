-- $1, $2: the ends
with chain as (
    select shortest_chain(f.no, t.no) as nodes from entity f, entity t where f.id = $1 and t.id = $2
), hop as (
    select i, nodes[2 * i - 1] as from_node, nodes[2 * i] as meeting, nodes[2 * i + 1] as to_node
    from chain, generate_series(1, cardinality(nodes) / 2) i
)
select json_build_object('mediationChains', json_build_object(
    'hops', (select cardinality(nodes) / 2 from chain),
    'chains', json_build_array(json_build_object('hops', json_agg(json_build_object(
        'to', (select named(id, name) from entity where no = hop.to_node), 'meeting', named(m.id, m.name), 'when', m.day,
        'fromTies', (
            select json_agg(json_build_object('role', c.role, 'claims', c.claims) order by c.role desc)
            from (
                select role, json_agg(evidence(locator, quote) order by claim) as claims
                from tie where deal = hop.meeting and actor = hop.from_node group by role
            ) c
        ),
        'toTies', (
            select json_agg(json_build_object('role', c.role, 'claims', c.claims) order by c.role desc)
            from (
                select role, json_agg(evidence(locator, quote) order by claim) as claims
                from tie where deal = hop.meeting and actor = hop.to_node group by role
            ) c
        )) order by hop.i)))))
from hop, lateral (select * from entity where no = hop.meeting offset 0) m
