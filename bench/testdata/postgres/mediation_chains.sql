-- The number of shortest chains of mediation whose dates never run back, searched as those of agreements are, but that what is entered is not
-- an agreement but one of its entrances. So the same agreement can be entered twice: by whoever comes to its mediator, and by the mediator.
-- The ends meet in an agreement if the entrance from either end is the mediators'.

create function mediation_front_at(actor int, sign int) returns front language sql stable as $$
    select row(sign, false, array[actor], array[-1000000], array[1], array[1000000], array[]::int[], array[actor], array[-1000000],
        (select count(*) from entrance e where e.actor = mediation_front_at.actor))::front
$$;

-- From actors to their entrances from then on, up to the day on which they had been there before.
create function enter_mediated(f front) returns front language plpgsql stable as $$
begin
    select array_agg(d.entrance), array_agg(d.day), array_agg(d.ways), coalesce(sum(d.degree), 0) into f.nodes, f.days, f.ways, f.work from (
        select d.entrance, min(d.day) as day, sum(d.ways) as ways, min(d.degree) as degree from (
            select e.entrance, e.day, sum(e.ways) over (partition by e.actor order by e.day) as ways, e.degree
            from (
                select x.actor, x.day, null::int as entrance, x.ways, null::int as degree from unnest(f.nodes, f.days, f.ways) x(actor, day, ways)
                union all
                select x.actor, f.sign * t.day, t.entrance, 0, t.degree
                from (
                    select x.actor, min(x.day) as first, min(x.until) - 1 as last
                    from unnest(f.nodes, f.days, f.until) x(actor, day, until) group by x.actor
                ) x
                join entrance t on t.actor = x.actor
                    and t.day between least(f.sign * x.first, f.sign * x.last) and greatest(f.sign * x.first, f.sign * x.last)
            ) e
            union all select e.entrance, null, null, null from unnest(f.entered) e(entrance)
        ) d where d.entrance is not null group by d.entrance having count(*) = count(d.ways)
    ) d;
    f.entered := f.entered || f.nodes;
    f.in_deals := true;
    return f;
end
$$;

-- From entrances to those to whom they lead.
create function bring(f front) returns front language plpgsql stable as $$
declare
    degrees int[];
begin
    select array_agg(x.actor), array_agg(x.day), array_agg(x.ways), array_agg(coalesce(s.day, 1000000)), array_agg(x.degree)
    into f.nodes, f.days, f.ways, f.until, degrees
    from (
        select b.actor, e.day, sum(e.ways) as ways, min(b.degree) as degree
        from unnest(f.nodes, f.days, f.ways) e(entrance, day, ways) join brought b on b.entrance = e.entrance group by b.actor, e.day
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

create function count_mediation_chains(a int, b int, out hops int, out total float8) language plpgsql stable as $$
declare
    near front := mediation_front_at(a, 1);
    far front := mediation_front_at(b, -1);
begin
    hops := 0;
    while near.work > 0 and far.work > 0 loop
        if near.work <= far.work then
            near := case when near.in_deals then bring(near) else enter_mediated(near) end;
        else
            far := case when far.in_deals then bring(far) else enter_mediated(far) end;
        end if;
        if near.in_deals and far.in_deals then
            hops := hops + 1;
            select sum(n.ways * f.ways) into total
            from unnest(near.nodes, near.ways) n(entrance, ways)
                join unnest(far.nodes, far.ways) f(entrance, ways) on f.entrance / 2 = n.entrance / 2
            where (n.entrance | f.entrance) % 2 = 1;
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
