"""What other programs read: calendars, news feeds, linked data, open data, and the files that lead there."""
