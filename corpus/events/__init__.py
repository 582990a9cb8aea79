"""Training of the event coder: examples, network, training, measures. ``python -m corpus.train_events`` drives them."""
