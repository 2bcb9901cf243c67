-- The circuit breaker asks what a rule did within the last hour.
CREATE INDEX record_rule ON record (rule, at);
CREATE INDEX desk_call_rule ON desk_call (rule, changed_at);
