/** What calls cost: the ledger, budgets, inference profiles, metrics. */
package dev.outcrop.metering;
