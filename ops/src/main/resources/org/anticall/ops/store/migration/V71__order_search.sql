-- What the search reads of orders, beside them: it goes through a hundred thousand lines, not through as many documents.

CREATE TABLE order_search (
    order_id BIGINT        NOT NULL PRIMARY KEY REFERENCES orders (id),
    kind     VARCHAR(16)   NOT NULL,
    words    VARCHAR(4000) NOT NULL
);
INSERT INTO order_search (order_id, kind, words) SELECT id, kind, words FROM orders;
ALTER TABLE orders DROP COLUMN words;

-- How often something changed that a revision has: a line for every thousandth thousand of orders. Who makes a revision reads
-- the orders of those again where the count is another, and no others.
CREATE TABLE order_change (
    bucket  INTEGER NOT NULL PRIMARY KEY,
    changes BIGINT  NOT NULL
);
INSERT INTO order_change (bucket, changes)
    SELECT a.d + 10 * b.d + 100 * c.d, 1
    FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS a (d),
         (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS b (d),
         (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS c (d);
