-- Parts of answers. The planner puts their text in place of the calls.

create function named(id text, name text) returns json language sql stable as $$
    select json_build_object('id', id, 'name', name)
$$;

create function evidence(locator text, quote text) returns json language sql stable as $$
    select json_build_object('source', json_build_object('locator', locator, 'quote', quote))
$$;

-- The names found, at most 20: those of each kind of match while there are too few of the kinds before. Of each kind 128 are ranked, taken
-- in the order of their numbers.
create function names_found(
    folds tsquery, forms tsquery, beginnings tsquery, asked int, words int, folded text, out entity int, out score float8
) returns setof record language plpgsql stable as $$
declare
    missing int := 20;
    got int;
begin
    return query
        select n.entity, n.score from (
            select c.*, 4 + least(1, asked / c.words::float8) + (c.words = names_found.words and c.folded = names_found.folded)::int as score
            from (select * from name where name.folds @@ names_found.folds order by no limit 128) c
        ) n order by n.score desc, n.weight desc, n.entity limit missing;
    get diagnostics got = row_count;
    missing := missing - got;
    if missing = 0 then return; end if;
    return query
        select n.entity, 3 + least(1, asked / n.words::float8)
        from (
            select * from name where name.forms @@ names_found.forms and not name.folds @@ names_found.folds order by no limit 128
        ) n order by 2 desc, n.weight desc, n.entity limit missing;
    get diagnostics got = row_count;
    missing := missing - got;
    if missing = 0 then return; end if;
    return query
        select n.entity, 2 + least(1, asked / n.words::float8)
        from (
            select * from name where name.forms @@ names_found.beginnings and not name.forms @@ names_found.forms order by no limit 128
        ) n order by 2 desc, n.weight desc, n.entity limit missing;
end
$$;
