-- The generated graph as tables for the questions asked here. Entities and claims are numbered in the order of the file.

create type role as enum ('SIGNED', 'MEDIATED');

create table entity (no int not null, id text not null, kind text not null, name text not null, day date);

-- A claim that somebody signed or mediated an agreement. Several may say the same; the first of them is marked.
create table tie (
    claim int not null, deal int not null, actor int not null, role role not null, day date not null, is_first boolean not null,
    document int not null, locator text, quote text);

-- A claim that the later agreement rests on the earlier one.
create table relation (
    claim int not null, later int not null, earlier int not null, predicate text not null, document int not null, locator text, quote text);

-- What a state says on its own word of another entity, as part of one or, if the part is no_part(), without saying of which. It speaks of
-- the days from since to until; dated is that as the claim has it.
create function no_part() returns int language sql immutable as $$ select 2147483647 $$;
create table word (
    claim int not null, thing int not null, speaker int not null, part int not null, said date not null,
    since date not null, until date not null, dated text not null, denied boolean not null, document int not null, locator text, quote text);

-- The names in the order in which those that match equally well are ranked, with the forms of their words: as written but for case and
-- accents, and in all spellings.
create table name (
    no int not null, entity int not null, folded text not null, words int not null, weight int not null,
    folds tsvector not null, forms tsvector not null);
