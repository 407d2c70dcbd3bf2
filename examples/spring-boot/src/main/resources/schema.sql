-- What is known of each account, and the position in its stream of the event that told it last.
CREATE TABLE IF NOT EXISTS balance (
    account text PRIMARY KEY,
    amount bigint NOT NULL,
    version bigint NOT NULL
);
