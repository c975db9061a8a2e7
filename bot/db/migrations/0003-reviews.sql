-- The mailbox's changes name an event; one event is one review's.
create unique index review_event on review (authority_id, event_id) where event_id is not null;
