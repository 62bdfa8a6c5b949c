"""The pre-order questions: for each what is asked, what is answered, and the pure function from a territory to it."""
