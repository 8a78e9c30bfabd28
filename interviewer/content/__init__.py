"""What is asked and who asks: YAML files to typed, validated objects."""
