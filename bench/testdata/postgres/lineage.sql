-- $1: the agreement
with recursive root as (
    select no from entity where id = $1
), up(no, depth) as (
    select no, 0 from root
    union select r.earlier, up.depth - 1 from up join relation r on r.later = up.no where up.depth > -50
), down(no, depth) as (
    select no, 0 from root
    union select r.later, down.depth + 1 from down join relation r on r.earlier = down.no where down.depth < 50
), ancestor as (
    select no, max(depth) as depth from up group by no
), descendant as (
    select no, min(depth) as depth from down group by no
), step as (
    -- What is both is as far away as it is at least, an ancestor if it is as far both ways.
    select no, case when d.depth < -a.depth then d.depth else coalesce(a.depth, d.depth) end as depth
    from ancestor a full join descendant d using (no)
    where no <> (select no from root)
)
select json_build_object('lineage', json_build_object('steps', coalesce(json_agg(json_build_object(
    'depth', s.depth, 'agreement', named(e.id, e.name),
    'via', (
        select json_agg(json_build_object('predicate', r.predicate, 'source', json_build_object('locator', r.locator, 'quote', r.quote)) order by r.claim)
        from (
            select r.* from relation r where r.earlier = s.no and r.later in (select no from ancestor)
            union all select r.* from relation r where r.later = s.no and r.earlier in (select no from descendant)
        ) r
    ),
    'mediators', coalesce((
        select json_agg(json_build_object('actor', named(a.id, a.name), 'claims', t.claims) order by t.claim)
        from (
            select actor, min(claim) as claim, json_agg(evidence(locator, quote) order by claim) as claims
            from tie where deal = s.no and role = 'MEDIATED' group by actor
        ) t join entity a on a.no = t.actor
    ), '[]')) order by s.depth, s.no), '[]')))
from step s join entity e on e.no = s.no
