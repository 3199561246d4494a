"""What the stand-in remembers: people, chats, files, and the updates that wait for the bot."""
