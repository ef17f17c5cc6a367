-- The credential that the job was asked for with: budgets and the ledger go by it.
ALTER TABLE job ADD COLUMN used_key VARCHAR(128) NOT NULL DEFAULT 'none';
