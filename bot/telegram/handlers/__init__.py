"""One module per subject: parse the update, call one service, reply."""
