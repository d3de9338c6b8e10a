"""What people do with Cardsort, one function each; where store and analysis meet, and the only place that commits."""
