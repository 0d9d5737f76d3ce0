-- $1: who or what is recognized; $2: the day. Whoever speaks speaks for itself, and of two things as part of which something is recognized
-- only one can be meant.
with heard as materialized (
    select w.*, w.said <= $2::date as known, w.until >= $2::date as speaks
    from word w where w.thing = (select no from entity where id = $1) and w.since <= $2::date
), latest as materialized (
    -- What was said by the day goes before what was said about it afterwards.
    select distinct on (speaker, part) * from heard where speaks
    order by speaker, part, known desc, said desc, since desc, claim desc
), withdrawn as (
    select h.claim
    from heard h join latest o on o.speaker = h.speaker
    where not h.denied and not o.denied and h.part <> o.part and h.part <> no_part() and o.part <> no_part()
    and (o.known, o.said, o.since) > (h.known, h.said, h.since)
), counted as (
    -- Of each regard the latest word, and those before it until one says something else.
    select h.*, h.speaks and (h.said, h.since, h.claim) <= (l.said, l.since, l.claim) and sum((
        h.speaks and (h.said, h.since, h.claim) <= (l.said, l.since, l.claim)
        and (h.denied <> l.denied or h.claim = any(array(select claim from withdrawn)))
    )::int) over (partition by h.speaker, h.part order by h.said desc, h.since desc, h.claim desc) = 0 as counts
    from heard h left join latest l on l.speaker = h.speaker and l.part = h.part
), stand as (
    select speaker, part, bool_or(denied) filter (where counts) as denied, (array_agg(dated order by since, claim) filter (where counts))[1] as since,
        json_agg(evidence(locator, quote) order by claim) filter (where counts) as claims
    from counted group by speaker, part
)
select json_build_object('recognition', json_build_object('positions', coalesce(json_agg(json_build_object(
    'by', named(e.id, e.name),
    'status', case when s.denied then 'DENIED' when not s.denied then 'RECOGNIZED' else 'NONE_RECORDED' end,
    'since', s.since,
    'asPartOf', (select json_build_object('id', id) from entity where no = s.part),
    'ownWord', coalesce(s.claims, '[]')) order by s.speaker, s.part), '[]')))
from stand s join entity e on e.no = s.speaker
