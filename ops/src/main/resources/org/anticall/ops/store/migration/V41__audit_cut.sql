-- Where the trail was cut off because it had been kept long enough. Rows are only added; the newest tells where the trail begins.
CREATE TABLE audit_cut (
    seq       BIGINT                   NOT NULL PRIMARY KEY,
    hash      CHAR(64)                 NOT NULL,
    at        TIMESTAMP WITH TIME ZONE NOT NULL,
    signer    VARCHAR(32)              NOT NULL,
    signature VARCHAR(128)             NOT NULL
);
