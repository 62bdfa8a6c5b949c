"""What the agreement's terms on collocation come to for one request: pure functions from terms and facts to figures."""
