"""Pure decisions: no clock, no chance, no input or output."""
