-- $1, $2: the ends
select json_build_object('mediationChains', json_build_object('hops', c.hops, 'total', c.total::bigint::text))
from entity f, entity t, count_mediation_chains(f.no, t.no) c where f.id = $1 and t.id = $2
