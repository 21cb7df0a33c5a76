"""What claims and predictions come to: verdicts on figures and on texts, states on a day, scores."""
