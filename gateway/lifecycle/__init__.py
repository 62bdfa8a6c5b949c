"""Life cycles of orders, pure: what an event does to an order, which notice and clocks follow, under which section."""
