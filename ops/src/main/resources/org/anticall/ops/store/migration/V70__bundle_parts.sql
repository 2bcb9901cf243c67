-- Long lists of signed bundles, packed, each once for all revisions that have it. Rows are only added.

CREATE TABLE bundle_part (
    sha256 CHAR(64) NOT NULL PRIMARY KEY,
    packed BYTEA    NOT NULL
);
