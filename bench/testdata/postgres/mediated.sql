-- $1: the mediator; $2, $3: the first and the last day
select json_build_object('entity', json_build_object(
    'id', e.id, 'name', e.name,
    'mediated', json_build_object('edges', coalesce((
        select json_agg(json_build_object('node', json_build_object(
            'when', t.day, 'meeting', named(d.id, d.name),
            'claims', (
                select json_agg(evidence(c.locator, c.quote) order by c.claim)
                from tie c where c.deal = t.deal and c.role = 'MEDIATED' and c.actor = e.no
            ))) order by t.day desc, t.claim)
        from (
            select deal, day, claim from tie
            where actor = e.no and role = 'MEDIATED' and is_first and day between $2::date and $3::date
            order by day desc, claim limit 50
        ) t join entity d on d.no = t.deal
    ), '[]'))))
from entity e where e.id = $1
