/** What keys and profiles may spend, and calls refused that could spend more. */
package dev.outcrop.metering.budgets;
