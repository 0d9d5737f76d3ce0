-- $1, $2, $3: the words as written, in any spelling, and with the last as a beginning; $4: how many words there are, each once; $5: how
-- many in all; $6: the text but for case and accents
select json_build_object('search', coalesce(json_agg(json_build_object(
    'score', h.score, 'matched', json_build_object('text', e.name),
    'entity', json_build_object('id', e.id, 'name', e.name, 'kind', e.kind)) order by h.place), '[]'))
from names_found($1::tsquery, $2::tsquery, $3::tsquery, $4::int, $5::int, $6) with ordinality h(entity, score, place)
join entity e on e.no = h.entity
