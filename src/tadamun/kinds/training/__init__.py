"""Training: workshops and trainings of trainers."""
