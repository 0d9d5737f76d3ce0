-- Chains of agreements, searched from both ends, always where fewer links lead on, until the ends meet. Layers are arrays, of actors and of
-- agreements in turn, so what a layer leads to is either new or in the layer before; both are told apart in one grouping, whose cost does
-- not hang on guesses about how long arrays are. Before a layer is made it is asked whether it would meet the other end. Numbers of
-- ways are floats, which are exact up to 2^53 and, unlike sums of whole numbers, no decimals.

create type layer as (nodes int[], ways float8[]);

-- The last layer of the end that grew last are the nodes in which the ends met; total is null if they never do.
create function meeting_layers(a int, b int, out near layer[], out far layer[], out total float8) language plpgsql stable as $$
declare
    near_work bigint := (select count(*) from link where node = a);
    far_work bigint := (select count(*) from link where node = b);
    last layer;
    before int[];
    other layer;
    grown layer;
    work bigint;
begin
    near := array[row(array[a], array[1])::layer];
    far := array[row(array[b], array[1])::layer];
    while near_work > 0 and far_work > 0 loop
        if near_work <= far_work then
            last := near[cardinality(near)];
            before := (near[cardinality(near) - 1]).nodes;
            other := far[cardinality(far)];
        else
            last := far[cardinality(far)];
            before := (far[cardinality(far) - 1]).nodes;
            other := near[cardinality(near)];
        end if;
        if (cardinality(near) + cardinality(far)) % 2 = 1 then -- else one would be of actors, the other of agreements
            select array_agg(distinct o.node), null, sum(w.ways * o.ways) into grown.nodes, grown.ways, total
            from unnest(last.nodes, last.ways) w(node, ways) join link l on l.node = w.node
                join unnest(other.nodes, other.ways) o(node, ways) on o.node = l.to_node;
        end if;
        if total is null then
            select array_agg(u.node), array_agg(u.ways), coalesce(sum(u.degree), 0) into grown.nodes, grown.ways, work
            from (
                select c.node, sum(c.ways) as ways, max(c.degree) as degree
                from (
                    select l.to_node as node, w.ways, l.degree
                    from unnest(last.nodes, last.ways) w(node, ways) join link l on l.node = w.node
                    union all select p.node, null, null from unnest(before) p(node)
                ) c group by c.node having count(*) = count(c.ways)
            ) u;
        end if;
        if near_work <= far_work then
            near := near || grown;
            near_work := work;
        else
            far := far || grown;
            far_work := work;
        end if;
        exit when total > 0;
    end loop;
end
$$;

create function count_chains(a int, b int, out hops int, out total float8) language sql stable as $$
    select case when total > 0 then (cardinality(near) + cardinality(far) - 2) / 2 end, coalesce(total, 0) from meeting_layers(a, b)
$$;

-- The first of the shortest chains by the numbers of agreements and actors: those of the near layers that lead to where the ends met are
-- kept, then it is always the least that a link leads to.
create function shortest_chain(a int, b int) returns int[] language plpgsql stable as $$
declare
    near layer[];
    far layer[];
    total float8;
    met int[];
    steps layer[];
    step layer;
    chain int[] := array[a];
    at int := a;
begin
    select m.near, m.far, m.total into near, far, total from meeting_layers(a, b) m;
    if total is null then
        return null;
    end if;
    met := array(
        select c.node from (
            select unnest((near[cardinality(near)]).nodes) as node union all select unnest((far[cardinality(far)]).nodes)
        ) c group by c.node having count(*) = 2);
    near[cardinality(near)].nodes := met;
    for i in reverse cardinality(near) - 1 .. 2 loop
        met := array(
            select distinct l.node
            from unnest((near[i]).nodes) n(node) join link l on l.node = n.node join unnest(met) k(node) on k.node = l.to_node);
        near[i].nodes := met;
    end loop;
    steps := near[2:];
    for i in reverse cardinality(far) - 1 .. 1 loop
        steps := steps || far[i];
    end loop;
    foreach step in array steps loop
        select n.node into at from unnest(step.nodes) n(node)
        where (select true from link l where l.node = at and l.to_node = n.node) order by n.node limit 1;
        chain := chain || at;
    end loop;
    return chain;
end
$$;
