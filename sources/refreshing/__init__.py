"""A refresh: what is due is planned, asked for, judged and kept; and what is remembered of asking."""
