"""What each page of the site prints."""
