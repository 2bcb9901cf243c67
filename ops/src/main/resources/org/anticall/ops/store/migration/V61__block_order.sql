-- The order that came of a proposal: asked for again, there is no second one.
ALTER TABLE block_proposal ADD COLUMN order_id BIGINT REFERENCES orders (id);
