-- Indexes for the questions, tables in the order in which they are read, and statistics.

alter table entity add primary key (no);
create unique index entity_id on entity (id) include (no);

create index tie_deal on tie (deal, role, claim);
cluster tie using tie_deal;
create index tie_mediated on tie (actor, day desc, claim) where role = 'MEDIATED' and is_first;
create unique index tie_mediators on tie (day, deal, actor) where role = 'MEDIATED' and is_first;

create index relation_later on relation (later);
create index relation_earlier on relation (earlier);
cluster relation using relation_later;

create index word_thing on word (thing, speaker, part, said, since, claim);
cluster word using word_thing;

alter table name add primary key (no);
create index name_folds on name using gin (folds);
create index name_forms on name using gin (forms);

-- Who has a tie to which agreement, each once and from both ends, with the number of links that lead on from there.
create table link as
    with pair as (select distinct actor, deal, day - date '1970-01-01' as day from tie),
         both_ways as (select actor as node, deal as to_node, day from pair union all select deal, actor, day from pair)
    select node, to_node, day, count(*) over (partition by to_node)::int as degree from both_ways;
create unique index link_node on link (node, to_node) include (degree);
create index link_day on link (node, day) include (to_node, degree);
cluster link using link_node;

-- Who signed what, each once, and how many agreements each signed, so that one can begin with whoever signed fewer.
create table signature as select actor, deal from tie where role = 'SIGNED' and is_first order by actor, deal;
alter table signature add primary key (actor, deal);
create table signatory as select actor, count(*)::int as deals from signature group by actor;
alter table signatory add primary key (actor);

-- The entrances to agreements: twice the number of the agreement, and one more for whoever mediated it. To an entrance lead its actors, and
-- it leads to those with whom each of them makes a hop of mediation: a mediator's to everybody there, anybody else's to the mediators.
create table entrance as
    with part as (
        select actor, deal, day - date '1970-01-01' as day, bool_or(role = 'MEDIATED')::int as mediates from tie group by actor, deal, day
    )
    select actor, 2 * deal + mediates as entrance, day,
        case mediates when 1 then count(*) over (partition by deal) else sum(mediates) over (partition by deal) end::int as degree
    from part;
create index entrance_day on entrance (actor, day) include (entrance, degree);
cluster entrance using entrance_day;
create table brought as
    with actor as (select actor, count(*)::int as degree from entrance group by actor)
    select e.entrance, a.actor, a.degree
    from (select distinct entrance from entrance) e
        join entrance t on t.entrance / 2 = e.entrance / 2 and (t.entrance | e.entrance) % 2 = 1 join actor a on a.actor = t.actor;
create unique index brought_by on brought (entrance, actor) include (degree);
cluster brought using brought_by;
