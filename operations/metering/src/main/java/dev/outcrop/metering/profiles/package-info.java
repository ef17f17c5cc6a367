/** Inference profiles: names of models that usage and cost are kept by. */
package dev.outcrop.metering.profiles;
