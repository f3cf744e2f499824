"""Who may do what: sign-in, sessions, keys, roles, and the permission that each route asks for."""
