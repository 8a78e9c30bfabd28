"""Models that speak: one protocol, the embedded scripted interviewer, and adapters to real models."""
