"""What the use cases ask of the world outside. Each port has an adapter and a fake."""
