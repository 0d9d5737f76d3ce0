-- The number of shortest chains whose dates never run back, searched from both ends, always where fewer links lead on, until the ends meet: in
-- agreements, or in actors who arrive from the one end no later than from the other. Every agreement has one day, so each is entered
-- once from either end, after as few hops as can be, and an actor who arrives no earlier than before adds nothing. From the far end
-- time runs backwards: its days are negative.

create type front as (
    sign int,       -- of days
    in_deals boolean,
    nodes int[],    -- agreements entered, or actors who arrived from them, an actor once for each day,
    days int[],     -- on which day,
    ways float8[],  -- by how many chains,
    until int[],    -- and on which day the actor had been there before
    entered int[],  -- agreements entered so far
    been int[],     -- actors who have been there so far,
    since int[],    -- and on which day at first
    work bigint     -- how many links lead on
);

create function front_at(actor int, sign int) returns front language sql stable as $$
    select row(sign, false, array[actor], array[-1000000], array[1], array[1000000], array[]::int[], array[actor], array[-1000000],
        (select count(*) from link where node = actor))::front
$$;

-- From actors to the agreements of theirs from then on, up to the day on which they had been there before.
create function enter(f front) returns front language plpgsql stable as $$
begin
    select array_agg(d.deal), array_agg(d.day), array_agg(d.ways), coalesce(sum(d.degree), 0) into f.nodes, f.days, f.ways, f.work from (
        select d.deal, min(d.day) as day, sum(d.ways) as ways, min(d.degree) as degree from (
            select e.deal, e.day, sum(e.ways) over (partition by e.actor order by e.day) as ways, e.degree
            from (
                select x.actor, x.day, null::int as deal, x.ways, null::int as degree from unnest(f.nodes, f.days, f.ways) x(actor, day, ways)
                union all
                select x.actor, f.sign * l.day, l.to_node, 0, l.degree
                from (
                    select x.actor, min(x.day) as first, min(x.until) - 1 as last
                    from unnest(f.nodes, f.days, f.until) x(actor, day, until) group by x.actor
                ) x
                join link l on l.node = x.actor
                    and l.day between least(f.sign * x.first, f.sign * x.last) and greatest(f.sign * x.first, f.sign * x.last)
            ) e
            union all select e.deal, null, null, null from unnest(f.entered) e(deal)
        ) d where d.deal is not null group by d.deal having count(*) = count(d.ways)
    ) d;
    f.entered := f.entered || f.nodes;
    f.in_deals := true;
    return f;
end
$$;

-- From agreements to everybody in them.
create function arrive(f front) returns front language plpgsql stable as $$
declare
    degrees int[];
begin
    select array_agg(x.actor), array_agg(x.day), array_agg(x.ways), array_agg(coalesce(s.day, 1000000)), array_agg(x.degree)
    into f.nodes, f.days, f.ways, f.until, degrees
    from (
        select l.to_node as actor, d.day, sum(d.ways) as ways, min(l.degree) as degree
        from unnest(f.nodes, f.days, f.ways) d(deal, day, ways) join link l on l.node = d.deal group by l.to_node, d.day
    ) x left join unnest(f.been, f.since) s(actor, day) on s.actor = x.actor
    where s.day is null or x.day < s.day;
    select array_agg(s.actor), array_agg(s.day), coalesce(sum(s.degree), 0) into f.been, f.since, f.work from (
        select s.actor, min(s.day) as day, min(s.degree) as degree from (
            select x.*, null::int as degree from unnest(f.been, f.since) x(actor, day)
            union all select x.* from unnest(f.nodes, f.days, degrees) x(actor, day, degree)
        ) s group by s.actor
    ) s;
    f.in_deals := false;
    return f;
end
$$;

-- The number of chains on which the ends meet in actors, who arrive from the near end no later than from the far one; null if there are none.
create function ways_met(near front, far front) returns float8 language plpgsql stable as $$
begin
    return sum(e.arrived * e.ways) from (
        select sum(e.arrived) over (partition by e.actor order by e.day) as arrived, e.ways
        from (
            select x.actor, x.day, x.ways as arrived, null::float8 as ways from unnest(near.nodes, near.days, near.ways) x(actor, day, ways)
            union all select x.actor, -x.day, null, x.ways from unnest(far.nodes, far.days, far.ways) x(actor, day, ways)
        ) e
    ) e;
end
$$;

create function count_ordered_chains(a int, b int, out hops int, out total float8) language plpgsql stable as $$
declare
    near front := front_at(a, 1);
    far front := front_at(b, -1);
begin
    hops := 0;
    while near.work > 0 and far.work > 0 loop
        if near.work <= far.work then
            near := case when near.in_deals then arrive(near) else enter(near) end;
        else
            far := case when far.in_deals then arrive(far) else enter(far) end;
        end if;
        if near.in_deals and far.in_deals then
            hops := hops + 1;
            select sum(n.ways * f.ways) into total
            from unnest(near.nodes, near.ways) n(deal, ways) join unnest(far.nodes, far.ways) f(deal, ways) on f.deal = n.deal;
        elsif not near.in_deals and not far.in_deals then
            hops := hops + 1;
            total := ways_met(near, far);
        end if;
        if total > 0 then
            return;
        end if;
    end loop;
    hops := null;
    total := 0;
end
$$;
