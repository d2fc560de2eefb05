"""Give people at work their pages: agents, marketers, admins. `routes` shows every address and who may go there."""
