"""Explaining: why a fact or a row of an answer holds, and why something is no answer."""
