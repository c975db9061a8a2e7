-- One row of a lane may be in flight, whatever a worker believes: the database refuses the second.
create unique index outbox_in_flight on outbox (authority_id, lane) where state = 'leased';

-- The page of deliveries that need a person.
create index outbox_dead on outbox (authority_id, finished_at) where state = 'dead';
create index timer_dead on timer (authority_id, due_at) where state = 'dead';
