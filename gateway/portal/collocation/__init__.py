"""Applications for collocation, and what else is asked for as collocation is: written, sent, followed."""
