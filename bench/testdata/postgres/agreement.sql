-- $1: the agreement
select json_build_object('entity', json_build_object(
    'id', e.id, 'name', e.name, 'date', e.day,
    'parties', json_build_object('edges', coalesce((
        select json_agg(json_build_object('node', json_build_object(
            'role', t.role, 'actor', named(a.id, a.name), 'claims', t.claims)) order by t.claim)
        from (
            select actor, role, min(claim) as claim, json_agg(evidence(locator, quote) order by claim) as claims
            from tie where deal = e.no and role = 'SIGNED' group by actor, role
        ) t join entity a on a.no = t.actor
    ), '[]')),
    'mediators', json_build_object('edges', coalesce((
        select json_agg(json_build_object('node', json_build_object(
            'actor', named(a.id, a.name), 'claims', t.claims)) order by t.claim)
        from (
            select actor, min(claim) as claim, json_agg(evidence(locator, quote) order by claim) as claims
            from tie where deal = e.no and role = 'MEDIATED' group by actor
        ) t join entity a on a.no = t.actor
    ), '[]'))))
from entity e where e.id = $1
