/** Every call of a model, written before its answer is given. */
package dev.outcrop.metering.ledger;
