"""What the page and the tests call: a person's actions, their view of the chats, and the switches."""
