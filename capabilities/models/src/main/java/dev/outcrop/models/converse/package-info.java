/** What Converse asks of a conversation, whatever model it is for, in AWS's words. */
package dev.outcrop.models.converse;
