"""Money for studies, and the service owed in return."""
