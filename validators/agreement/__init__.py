"""The agreement as data: its terms, its calendar, the application date and the arithmetic of its clocks."""
