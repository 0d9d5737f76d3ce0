-- $1, $2: the first and the last day
with pair as (
    select a.actor as a, b.actor as b, count(*) as meetings
    from tie a join tie b on b.day = a.day and b.deal = a.deal and b.actor > a.actor
    where a.role = 'MEDIATED' and a.is_first and a.day between $1::date and $2::date
    and b.role = 'MEDIATED' and b.is_first and b.day between $1::date and $2::date
    group by a.actor, b.actor
    order by count(*) desc, a.actor, b.actor limit 20
)
select json_build_object('coMediators', coalesce(json_agg(json_build_object(
    'a', named(a.id, a.name), 'b', named(b.id, b.name), 'meetings', pair.meetings) order by pair.meetings desc, a.no, b.no), '[]'))
from pair join entity a on a.no = pair.a join entity b on b.no = pair.b
