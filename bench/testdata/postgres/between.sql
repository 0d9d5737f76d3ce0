-- $1, $2: the two signatories
with pair as (
    select array_agg(s.actor order by s.deals) as actors
    from entity e join signatory s on s.actor = e.no where e.id = any(array[$1, $2]::text[])
), shared as (
    select f.deal
    from pair join signature f on f.actor = pair.actors[1] join signature m on m.actor = pair.actors[2] and m.deal = f.deal
)
select json_build_object('agreements', json_build_object('edges', coalesce(json_agg(json_build_object('node', json_build_object(
    'id', d.id, 'name', d.name, 'date', d.day,
    'mediators', json_build_object('edges', coalesce((
        select json_agg(json_build_object('node', json_build_object('actor', named(a.id, a.name), 'claims', t.claims)) order by t.claim)
        from (
            select actor, min(claim) as claim, json_agg(evidence(locator, quote) order by claim) as claims
            from tie where deal = d.no and role = 'MEDIATED' group by actor
        ) t join entity a on a.no = t.actor
    ), '[]')))) order by d.day, d.no), '[]')))
from (select e.* from shared join entity e on e.no = shared.deal order by e.day, e.no limit 500) d
