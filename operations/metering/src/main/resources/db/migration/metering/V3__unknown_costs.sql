-- Calls that used something without a known price, which is missing from their cost.
ALTER TABLE call_record ADD COLUMN unpriced BIGINT NOT NULL DEFAULT 0;
ALTER TABLE usage_day ADD COLUMN unpriced BIGINT NOT NULL DEFAULT 0;
