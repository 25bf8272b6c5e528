"""What people read: summary, text, page."""
