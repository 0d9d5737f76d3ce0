-- The number of shortest chains of mediation whose dates never run back, searched from the beginning: one of the two actors of each hop
-- mediated the agreement, and an actor who arrives no earlier than before adds nothing.

create function mediated_by(deal int, actor int) returns boolean language sql stable as $$
    select exists (select from tie t where t.deal = mediated_by.deal and t.actor = mediated_by.actor and t.role = 'MEDIATED')
$$;

create function count_mediation_chains(a int, b int, out hops int, out total float8) language plpgsql stable as $$
declare
    actors int[] := array[a];    -- who arrived with the last hop, an actor once for each day,
    days int[] := array[-1000000]; -- on which day,
    ways float8[] := array[1];   -- and by how many chains
    been int[] := array[a];      -- actors who have been there so far,
    since int[] := array[-1000000]; -- and on which day at first
begin
    hops := 0;
    while actors is not null loop
        hops := hops + 1;
        select array_agg(y.actor), array_agg(y.day), array_agg(y.ways) into actors, days, ways from (
            select y.to_node as actor, d.day, sum(d.ways) as ways
            from (
                select l.to_node as deal, l.day, mediated_by(l.to_node, x.actor) as mediated, sum(x.ways) as ways
                from unnest(actors, days, ways) x(actor, day, ways) join link l on l.node = x.actor and l.day >= x.day
                group by 1, 2, 3
            ) d join link y on y.node = d.deal
            where d.mediated or mediated_by(d.deal, y.to_node) group by 1, 2
        ) y left join unnest(been, since) s(actor, day) on s.actor = y.actor
        where s.day is null or y.day < s.day;
        select sum(y.ways) into total from unnest(actors, ways) y(actor, ways) where y.actor = b;
        if total > 0 then
            return;
        end if;
        select array_agg(s.actor), array_agg(s.day) into been, since from (
            select s.actor, min(s.day) as day from (
                select * from unnest(been, since) s(actor, day) union all select * from unnest(actors, days) s(actor, day)
            ) s group by s.actor
        ) s;
    end loop;
    hops := null;
    total := 0;
end
$$;
