"""What a CLEC looks after beside its orders: files of many requests, its onboarding, its webhook, its keys."""
